"""Whole releases: quotations, speakers, sides, and the founding example."""

from datetime import date

import pytest

from claims import find_claims
from jobs.demo.texts import demo_releases

DAY = date(2019, 11, 27)
CLAIM = "Im Land fehlen 3.200 Lehrkräfte."


def founding():
    release = next(release for release in demo_releases() if release.site == "nrw")
    return f"{release.title}\n\n27.11.2019\n\n{release.body}"


def test_the_founding_release_gives_its_two_claims():
    text = founding()
    found = sorted(find_claims(text, released=DAY, factions=["CDU", "FDP"]), key=lambda finding: -finding.score)
    pledge, ranking = found[:2]
    assert (pledge.kind, pledge.speaker, pledge.speaker_faction) == ("funding_pledge", "Stefan Lenzen", "FDP")
    assert (pledge.amount_min_eur, pledge.amount_max_eur, pledge.deadline) == (25e6, 25e6, date(2020, 12, 31))
    assert (ranking.kind, ranking.speaker, ranking.speaker_faction) == ("ranking", "Heike Wermer", "CDU")
    assert (ranking.ranking.metric, ranking.ranking.direction, ranking.ranking.place, ranking.ranking.scope) == (
        "Abschiebungsrate",
        "highest",
        1,
        "others",
    )
    for finding in (pledge, ranking):
        assert finding.reasons
        assert finding.quote == text[finding.start : finding.end]
        assert finding.score >= 0.5


def test_the_side_follows_parliament_and_day():
    sides = {f.speaker: f.claimant_side for f in find_claims(founding(), released=DAY, factions=["CDU", "FDP"], parliament="NRW")}
    assert sides == {"Heike Wermer": "government", "Stefan Lenzen": "government"}
    later = find_claims(founding(), released=date(2023, 1, 1), factions=["CDU", "FDP"], parliament="NRW")
    assert {f.speaker: f.claimant_side for f in later} == {"Heike Wermer": "government", "Stefan Lenzen": "opposition"}
    assert {f.claimant_side for f in find_claims(founding(), released=DAY)} == {None}


@pytest.mark.parametrize(
    ("text", "speaker", "faction"),
    [
        (f"Titel\n\nAnna Beispiel: „{CLAIM}“", "Anna Beispiel", "SPD"),
        (f"Titel\n\nAnna Beispiel (SPD): „{CLAIM}“", "Anna Beispiel", "SPD"),
        (
            f"Titel\n\nDazu erklärt die schulpolitische Sprecherin der SPD-Fraktion, Dr. Anna Beispiel:\n\n„{CLAIM}“",
            "Anna Beispiel",
            "SPD",
        ),
        (f"Titel\n\nHierzu sagt Anna Beispiel, Sprecherin für Schule:\n\n„{CLAIM}“", "Anna Beispiel", "SPD"),
        (f"Titel\n\n„{CLAIM[:-1]}“, so die Abgeordnete Anna Beispiel.", "Anna Beispiel", "SPD"),
        (f"Titel\n\nDie Sprecherin Anna Beispiel kritisiert das. „{CLAIM}“, sagt Beispiel.", "Anna Beispiel", "SPD"),
        (f"Titel\n\n{CLAIM} Das zeigt die Antwort auf eine Anfrage der Fraktion, die heute vorliegt.", None, "SPD"),
        (f'Titel\n\nDazu erklärt der Vorsitzende der SPD-Fraktion, Max von Muster:\n\n"{CLAIM}"', "Max von Muster", "SPD"),
    ],
)
def test_a_claim_is_given_to_whoever_says_it(text, speaker, faction):
    finding = next(f for f in find_claims(text, released=DAY, factions=["SPD"]) if "3.200" in f.quote)
    assert (finding.speaker, finding.speaker_faction) == (speaker, faction)


def test_each_speaker_of_a_joint_release_has_the_own_faction():
    text = f"Titel\n\nDazu erklären die Sprecherin der CDU-Fraktion, Anna Beispiel, sowie der Sprecher der FDP-Fraktion, Max Muster:\n\nAnna Beispiel: „{CLAIM}“\n\nMax Muster: „{CLAIM}“"
    found = find_claims(text, released=DAY, factions=["CDU", "FDP"])
    assert [(f.speaker, f.speaker_faction) for f in found] == [("Anna Beispiel", "CDU"), ("Max Muster", "FDP")]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Im Land feh-len 3.200 Lehr-kräfte.", "Im Land feh-len 3.200 Lehr-kräfte."),
        ("Im Land fehlen 3.200 Lehr­kräfte.", "Im Land fehlen 3.200 Lehr­kräfte."),
    ],
)
def test_a_quotation_stays_verbatim_whatever_was_repaired_in_it(sentence, quote):
    text = f"Titel\n\n„Das ist so. {sentence} Und das ist schlimm.“"
    finding = next(f for f in find_claims(text, released=DAY) if "3.200" in f.quote)
    assert finding.quote == quote == text[finding.start : finding.end]
    assert finding.value == 3200


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Am 8. Juli gab es z. B. 12 neue Schulen, u. a. in Beispielhausen mit 25 Mio. Euro.", 1),
        ("Das sind 5.500 Stellen.Im Land fehlen 3.200 Lehrkräfte.", 2),
        ("Im Land fehlen 3.200 Lehrkräfte! Wie lange noch? Das ist schlimm …", 3),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count):
    from claims.text.statements import statements

    assert len(statements(f"Titel\n\n{text}")) == count


def test_headings_labels_and_contacts_are_no_statements():
    from claims.text.statements import statements

    text = "3.200 Lehrkräfte fehlen im Land\n\n27.11.2019\n\nIm Land fehlen 3.200 Lehrkräfte.\n\nPressestelle, Telefon 0123 456, E-Mail a@b.example\n\nThemen\n\nIm Land fehlen 99 Ärzte."
    assert [s.text for s in statements(text)] == ["Im Land fehlen 3.200 Lehrkräfte."]
