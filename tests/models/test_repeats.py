"""Known claims are suggested from the same parliament, and announcements are counted from what people confirmed."""

from datetime import date

import pytest

from models import queries
from models.actions import dismiss, merge, track
from models.repeats import MoneyAgain
from models.words import DismissReason, Side

RADWEGE = "Für den Ausbau der Radwege stellen wir 25 Millionen Euro bereit."


@pytest.fixture
def say(desk):
    """Keep one claim in a release of its own; gives its number."""
    releases = iter(range(1, 100))

    def say(quote, day, amount=25e6, side=Side.GOVERNMENT, score=0.9):
        kept = desk.keep(
            f"Titel\n\n{quote}",
            [quote],
            address=f"https://x.example/{next(releases)}",
            published=day,
            deadline=None,
            amount_min_eur=amount,
            amount_max_eur=amount,
            claimant_side=side,
            score=score,
        )
        return kept.new_claims[0].id

    return say


def suggested(desk, claim):
    with desk.database.reading() as session:
        return queries.repeat_suggestions(session, claim)


def test_a_claim_that_was_made_before_is_suggested_with_why(desk, say):
    known = say(RADWEGE, date(2024, 3, 5))
    say("Für Frauenhäuser stellen wir 25 Millionen Euro bereit.", date(2024, 3, 6))
    later = say("25 Mio. Euro fließen in den RADWEGEAUSBAU.", date(2024, 6, 11))
    (one,) = suggested(desk, later)
    assert (one.known, one.quote, one.status, one.published_on) == (known, RADWEGE, "candidate", date(2024, 3, 5))
    assert one.comparison.is_same
    assert one.comparison.same_number
    assert suggested(desk, known) == []


def test_umlauts_of_the_plural_are_found_from_the_singular(desk, say):
    known = say("Die Krankenhäuser erhalten 25 Millionen Euro.", date(2024, 3, 5))
    assert [one.known for one in suggested(desk, say("25 Millionen Euro für jedes Krankenhaus.", date(2024, 4, 5)))] == [known]


def test_another_amount_for_the_same_purpose_is_suggested_as_announced_again_only(desk, say):
    known = say(RADWEGE, date(2024, 3, 5))
    later = say(RADWEGE.replace("25", "40"), date(2024, 6, 11), amount=40e6)
    (one,) = suggested(desk, later)
    assert (one.known, one.amount, one.later_amount) == (known, 25e6, 40e6)
    assert not one.comparison.is_same
    assert one.comparison.again is MoneyAgain.INCREASED


def test_other_sides_low_scores_and_dismissed_claims_are_not_suggested(desk, say):
    say(RADWEGE, date(2024, 3, 5), side=Side.OPPOSITION)
    say(RADWEGE, date(2024, 3, 6), score=0.2)
    gone = say(RADWEGE, date(2024, 3, 7))
    desk.act(dismiss, gone, why=DismissReason.NOT_CHECKABLE)
    assert suggested(desk, say(RADWEGE, date(2024, 6, 11))) == []


def test_what_is_followed_up_is_known_even_when_it_was_said_later(desk, say):
    early = say(RADWEGE, date(2024, 3, 5))
    late = say(RADWEGE, date(2024, 6, 11))
    desk.act(track, late)
    assert [one.known for one in suggested(desk, early)] == [late]


def test_at_most_five_are_suggested(desk, say):
    for month in range(1, 9):
        say(RADWEGE, date(2024, month, 5))
    assert len(suggested(desk, say(RADWEGE, date(2024, 12, 5)))) == 5


def test_the_confirmed_are_counted_and_suggested_no_more(desk, say):
    known = say(RADWEGE, date(2024, 3, 5))
    same = say(RADWEGE, date(2024, 6, 11))
    more = say(RADWEGE.replace("25", "40"), date(2024, 7, 11), amount=40e6)
    desk.act(track, known)
    desk.act(merge, same, known)
    desk.act(merge, more, known)
    with desk.database.reading() as session:
        count = queries.times_announced(session, known)
    assert (count.times, count.since, count.increased, count.cut) == (3, date(2024, 3, 5), 1, 0)
    assert suggested(desk, same) == []
    assert [one.known for one in suggested(desk, say(RADWEGE, date(2024, 8, 11)))] == [known]


def test_a_claim_that_nobody_knows_has_no_suggestions(desk):
    assert suggested(desk, 99) == []
