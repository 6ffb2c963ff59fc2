"""The block "Said before?" on a claim's page, and its line in two languages."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from dashboard.repeats import announced_line, reason_line
from models import Claim, Finding, ReleaseVersion, actions, queries
from models.queries import Suggestion
from models.repeats import Announced, Said, compare
from models.words import Kind, Stage
from settings.texts import texts_in

QUOTE = 'Für <b>Radwege</b> & Brücken in "Altstadt" stellen wir 25 Millionen Euro bereit.'
NOW = datetime(2021, 4, 2, 8, tzinfo=UTC)


def words_of(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def keep(database, address, day):
    with database.writing() as session:
        source = session.scalars(select(Claim)).first().release
        kept = actions.keep_release(
            session,
            source_key=source.source_key,
            address=address,
            parliament=source.parliament,
            factions=["UM"],
            version=ReleaseVersion(
                title="Titel", text=QUOTE, text_sha256=address.rjust(64, "0"), reader="1", read_at=NOW, published_on=day
            ),
            found=[
                (
                    Finding(
                        rules_version="1", found_at=NOW, kind=Kind.FUNDING_PLEDGE, start=0, end=len(QUOTE), score=0.9,
                        amount_min_eur=25e6, amount_max_eur=25e6,
                    ),
                    None,
                )
            ],
            now=NOW,
        )  # fmt: skip
        session.flush()
        return kept.new_claims[0].id


def test_one_click_says_that_it_is_the_same_and_the_page_counts_it(visit, desk_database):
    known = keep(desk_database, "https://x.example/1", date(2021, 1, 5))
    later = keep(desk_database, "https://x.example/2", date(2021, 3, 5))
    app = visit("views/one_claim.py", lang="en", id=later)
    assert "&lt;b&gt;Radwege&lt;/b&gt; &amp; Brücken" in words_of(app)
    assert "<b>Radwege" not in words_of(app)
    next(b for b in app.button if b.key == f"same_{known}").click().run()
    assert not app.exception
    with desk_database.reading() as session:
        claim = queries.claim_for_page(session, later)
    assert (claim.same_as_id, claim.stage) == (known, Stage.DISMISSED)
    assert "announced again" in claim.decisions[-1].reason
    assert "2-mal angekündigt seit Januar 2021" in words_of(visit("views/one_claim.py", id=known))
    repeated = visit("views/one_claim.py", lang="en", id=later)
    assert f"repeats claim {known}" in words_of(repeated)
    assert not [b for b in repeated.button if b.key and b.key.startswith("same_")]


@pytest.mark.parametrize(
    ("announced", "german", "english"),
    [
        (Announced(1, date(2024, 3, 5)), "", ""),
        (
            Announced(4, date(2024, 3, 5), increased=1, cut=1),
            "4-mal angekündigt seit März 2024, 2-mal mit anderem Betrag",
            "announced 4 times since March 2024, 2 times with another amount",
        ),
        (
            Announced(2, None, cut=1),
            "2-mal angekündigt, einmal mit anderem Betrag",
            "announced 2 times, once with another amount",
        ),
    ],
)
def test_announcements_are_counted_in_words(announced, german, english):
    assert announced_line(announced, texts_in("de")) == german
    assert announced_line(announced, texts_in("en")) == english


def test_the_reason_names_both_amounts():
    known, later = Said("Wir geben 20 Millionen Euro für Radwege."), Said("Wir geben 25 Millionen Euro für Radwege.")
    one = Suggestion(1, known.text, "open", None, compare(known, later), 20e6, 25e6)
    assert (
        reason_line(one, texts_in("de"))
        == "noch einmal angekündigt, erhöht: 20\xa0Mio.\xa0€ → 25\xa0Mio.\xa0€ · Wörter zu 100\xa0% gleich"
    )
