from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Change, Claim, Faction, Finding, FollowUp, Release, ReleaseVersion, SourceState, Speaker
from models.words import ChangeKind, FollowUpRule, Kind
from notifications.messages import SUBJECT_LENGTH, baseline_message, change_message, due_message, one_line, release_message
from settings.config import Settings

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
QUOTE = "Wir werden im kommenden Jahr 25 Millionen Euro für die Moore zur Verfügung stellen."
HOSTILE = '<script>alert("x")</script><img src=x onerror=y>\r\nBcc: alle@muster.invalid\x00\u202egnp.exe\u2028' + "Ä" * 400


def settings(language="de"):
    return Settings(_env_file=None, language=language, installation="Musterdesk", public_url="https://desk.invalid")


def a_release(title="Mehr Geld für Moore", address="https://muster.invalid/presse/moore", day=date(2019, 11, 27)):
    release = Release(
        source_key="muster",
        address=address,
        parliament="Landtag Musterland",
        first_seen_at=NOW,
        published_on=day,
        month=date(2019, 11, 1),
        last_visit_at=NOW,
        next_visit_at=NOW,
        factions=[Faction(parliament="Landtag Musterland", name="UM"), Faction(parliament="Landtag Musterland", name="FM")],
        versions=[ReleaseVersion(title=title, text=QUOTE, text_sha256="0" * 64, reader="1", read_at=NOW)],
    )
    release.id = 7
    return release


def a_claim(release, quote=QUOTE, **found):
    claim = Claim(release=release, version=release.current, start=0, end=len(quote), quote=quote, created_at=NOW)
    claim.id = 12
    values = {
        "kind": Kind.FUNDING_PLEDGE,
        "amount_max_eur": 25e6,
        "deadline": date(2020, 12, 31),
        "speaker_faction": "UM",
    } | found
    finding = Finding(rules_version="1", found_at=NOW, start=0, end=len(quote), score=0.9, **values)
    finding.speaker = Speaker(parliament="Landtag Musterland", name="Adele Birnbaum")
    claim.findings.append(finding)
    return claim


class Read(HTMLParser):
    """What a mail program makes of a message: its elements, links and words."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.words = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.words += data


def every_message(text, language="de"):
    """One message of each kind, with a foreign text wherever one can stand."""
    release = a_release(title=text, address="https://muster.invalid/" + text)
    release.factions[0].name = text
    claim = a_claim(release, quote=text or "x", speaker_faction=text)
    claim.findings[0].speaker.name = text
    change = Change(kind=ChangeKind.EDITED, noticed_at=NOW)
    change.release = release
    appointment = FollowUp(due_on=date(2021, 1, 1), rule=FollowUpRule.DEADLINE, created_at=NOW)
    appointment.claim = claim
    source = SourceState(key="muster", name=text, parliament="Landtag Musterland", home="https://muster.invalid", verified=False)
    using = settings(language)
    return [
        release_message(release, [claim], using),
        change_message(change, using),
        due_message(appointment, using),
        baseline_message(source, 3, 1, using),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            [
                "27.11.2019",
                "1 Aussage gefunden:",
                "Finanzzusage · Adele Birnbaum · 25\u00a0Mio.\u00a0€ · bis 31.12.2020",
                "Mitteilung öffnen",
            ],
        ),
        (
            "en",
            ["27 Nov 2019", "1 claim found:", "Funding pledge · Adele Birnbaum · €25M · until 31 Dec 2020", "Open the release"],
        ),
    ],
)
def test_a_new_release_is_told_with_its_claims(language, words):
    release = a_release()
    message = release_message(release, [a_claim(release)], settings(language))
    assert message.subject == "[Musterdesk] UM, FM: Mehr Geld für Moore"
    for expected in ["UM, FM · Landtag Musterland", f"„{QUOTE}“", *words]:
        assert expected in message.text
        assert expected in Read(message.html).words
    assert "https://desk.invalid/release?id=7" in message.text
    assert Read(message.html).links == [
        "https://muster.invalid/presse/moore",
        "https://desk.invalid/claim?id=12",
        "https://desk.invalid/release?id=7",
    ]
    assert message.data["release"] == {
        "id": 7,
        "title": "Mehr Geld für Moore",
        "address": "https://muster.invalid/presse/moore",
        "parliament": "Landtag Musterland",
        "factions": ["UM", "FM"],
        "published_on": "2019-11-27",
    }
    assert message.data["claims"][0]["quote"] == QUOTE
    assert message.data["claims"][0]["deadline"] == "2020-12-31"
    assert message.data["claims"][0]["amount_max_eur"] == 25e6


@pytest.mark.parametrize(("language", "words"), [("de", "Keine Aussagen gefunden."), ("en", "No claims found.")])
def test_a_release_without_claims_and_day_is_told_too(language, words):
    message = release_message(a_release(day=None), [], settings(language))
    assert words in message.text
    assert "UM, FM · Landtag Musterland\n" in message.text
    assert message.data["release"]["published_on"] is None


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        ("de", ChangeKind.EDITED, "Nachträglich geändert"),
        ("de", ChangeKind.GONE, "Nicht mehr unter ihrer Adresse"),
        ("de", ChangeKind.BACK, "Wieder unter ihrer Adresse"),
        ("en", ChangeKind.EDITED, "Edited after publication"),
        ("en", ChangeKind.GONE, "No longer at its address"),
        ("en", ChangeKind.BACK, "Back at its address"),
    ],
)
def test_a_change_says_what_happened(language, kind, words):
    change = Change(kind=kind, noticed_at=NOW)
    change.release = a_release()
    message = change_message(change, settings(language))
    assert message.subject == f"[Musterdesk] {words}: Mehr Geld für Moore"
    assert message.text.startswith(f"{words}: Mehr Geld für Moore\n")
    assert message.data["change"] == kind.value
    assert message.data["release"]["id"] == 7


@pytest.mark.parametrize(
    ("language", "subject", "day"),
    [("de", "Fällig: Wir werden", "Fällig am 01.01.2021"), ("en", "Due: Wir werden", "Due on 1 Jan 2021")],
)
def test_a_claim_that_falls_due_is_told_with_its_wording(language, subject, day):
    appointment = FollowUp(due_on=date(2021, 1, 1), rule=FollowUpRule.DEADLINE, created_at=NOW)
    appointment.claim = a_claim(a_release())
    message = due_message(appointment, settings(language))
    assert message.subject.startswith(f"[Musterdesk] {subject}")
    assert message.text.startswith(day)
    assert f"„{QUOTE}“" in message.text
    assert (message.data["due_on"], message.data["rule"], message.data["claim"]["id"]) == ("2021-01-01", "deadline", 12)


@pytest.mark.parametrize(
    ("language", "subject", "counts"),
    [
        ("de", "Neue Quelle: Musterfraktion", "1.203 Pressemitteilungen, 1 Aussage"),
        ("en", "New source: Musterfraktion", "1,203 releases, 1 claim"),
    ],
)
def test_the_first_run_of_a_source_is_one_summary(language, subject, counts):
    source = SourceState(
        key="muster", name="Musterfraktion", parliament="Landtag Musterland", home="https://muster.invalid", verified=True
    )
    message = baseline_message(source, 1203, 1, settings(language))
    assert message.subject == f"[Musterdesk] {subject}"
    assert counts in message.text
    assert message.data == {"source": "muster", "releases": 1203, "claims": 1}


@pytest.mark.parametrize("language", ["de", "en"])
def test_foreign_text_stays_text(language):
    for message in every_message(HOSTILE, language):
        read = Read(message.html)
        assert set(read.tags) <= {"html", "body", "div", "p", "a", "blockquote"}
        assert all(link.startswith("https://") for link in read.links)
        assert "<script>" in message.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " https://muster.invalid"])
def test_only_web_addresses_become_links(address):
    assert address not in Read(release_message(a_release(address=address), [], settings()).html).links


def test_braces_in_foreign_text_are_not_filled():
    message = release_message(a_release(title="{who} {0} {title.__class__}"), [], settings())
    assert message.subject == "[Musterdesk] UM, FM: {who} {0} {title.__class__}"


@given(st.one_of(st.text(max_size=300), st.just(HOSTILE)))
def test_a_subject_is_one_bounded_line_of_visible_characters(text):
    for message in every_message(text):
        assert len(message.subject) <= SUBJECT_LENGTH
        assert message.subject.startswith("[Musterdesk] ")
        assert message.subject.splitlines() == [message.subject]
        assert all(character.isprintable() or character.isspace() for character in one_line(text) if character < "\u0250")
        assert not set(message.subject) & set("\r\n\x00\x0b\x1b\x85\u2028\u2029\u202e\u200b\ufeff\u00ad")


def test_a_long_subject_ends_with_an_ellipsis_and_a_soft_hyphen_leaves_no_gap():
    assert one_line("Landes\u00adregierung\n kürzt") == "Landesregierung kürzt"
    assert one_line("x" * SUBJECT_LENGTH) == "x" * SUBJECT_LENGTH
    assert one_line("x" * (SUBJECT_LENGTH + 1)) == "x" * (SUBJECT_LENGTH - 1) + "…"
