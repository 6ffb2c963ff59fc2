"""Thirty questions a desk asks, on both databases: the same hits in the same order, and the expected ones."""

from datetime import UTC, date, datetime

import pytest

from models import actions, queries
from models.words import DismissReason, Kind

NOW = datetime(2024, 6, 1, 8, tzinfo=UTC)

# key: (title, text after the title, sentences that are claims, day)
RELEASES = {
    "integration": (
        "Integrationsmanagement kommt in die Städte",
        "In keinem anderen Bundesland gibt es eine höhere Abschiebungsrate. Wir stellen im kommenden Jahr 25 Millionen Euro bereit.",
        [
            "In keinem anderen Bundesland gibt es eine höhere Abschiebungsrate.",
            "Wir stellen im kommenden Jahr 25 Millionen Euro bereit.",
        ],
        date(2019, 11, 27),
    ),
    "corona": (
        "Corona-Hilfen müssen schneller fließen",
        "Die Überbrückungshilfe ist bei 2,5 Millionen Euro stecken geblieben. Selbstständige warten auf ihr Geld.",
        ["Die Überbrückungshilfe ist bei 2,5 Millionen Euro stecken geblieben."],
        date(2021, 2, 3),
    ),
    "schulen": (
        "Mehr Lehrkräfte für unsere Schulen",
        "Bis Ende 2023 schaffen wir 1.000 neue Stellen an Grundschulen. Die Klassen werden kleiner, sagt Annegret Müller.",
        ["Bis Ende 2023 schaffen wir 1.000 neue Stellen an Grundschulen."],
        date(2022, 9, 14),
    ),
    "krankenhaus": (
        "Krankenhäuser in Not",
        "Drei Häuser in München und Düren schließen. Kein Land kürzt bei Kliniken so stark. Das Krankenhaus in Köln bleibt.",
        ["Kein Land kürzt bei Kliniken so stark."],
        date(2023, 5, 2),
    ),
    "haushalt": (
        "Haushalt 2024: Land muss sparen",
        "Für die innere Sicherheit geben wir 25 Millionen Euro mehr aus. Bürger:innen und Kommunen werden entlastet. Zur Schule kein Wort.",
        ["Für die innere Sicherheit geben wir 25 Millionen Euro mehr aus."],
        date(2023, 12, 20),
    ),
    "strasse": (
        "Straßen und Brücken sanieren",
        "Die Landesstraße L 37 wird bis 2026 saniert. Das Programm kostet 25-mal so viel wie geplant; 40 % zahlt der Bund.",
        ["Die Landesstraße L 37 wird bis 2026 saniert."],
        date(2024, 3, 9),
    ),
}

QUESTIONS = {
    # umlauts and ß
    "München": ["release krankenhaus"],
    "Muenchen": ["release krankenhaus"],
    "MÜNCHEN düren": ["release krankenhaus"],
    "Strassen": ["release strasse"],
    "Landesstrasse": ["claim strasse 1", "release strasse"],
    "hoehere": ["claim integration 1", "release integration"],
    # inflection
    "Krankenhauses": ["release krankenhaus"],
    "Haus": ["release krankenhaus"],
    "Schule": ["release haushalt", "release schulen"],
    "neuen Stelle": ["claim schulen 1", "release schulen"],
    "sanierter Brücke": ["release strasse"],
    # numbers
    "25 Millionen": ["claim haushalt 1", "claim integration 2", "release haushalt", "release integration"],
    '"25 Millionen"': ["claim haushalt 1", "claim integration 2", "release haushalt", "release integration"],
    "2,5 Millionen": ["claim corona 1", "release corona"],
    "1000 Stellen": ["claim schulen 1", "release schulen"],
    "25-mal": ["release strasse"],
    "40 %": ["release strasse"],
    # phrases
    '"im kommenden Jahr"': ["claim integration 2", "release integration"],
    '"Jahr im kommenden"': [],
    "„innere Sicherheit“": ["claim haushalt 1", "release haushalt"],
    # exclusion, either, beginnings
    "Millionen -corona": ["claim haushalt 1", "claim integration 2", "release haushalt", "release integration", "claim corona 1"],
    'Millionen -"2,5 Millionen" -Sicherheit': ["claim integration 2", "release integration"],
    "Brücken ODER Kliniken": ["claim krankenhaus 1", "release krankenhaus", "release strasse"],
    "Integrations*": ["release integration"],
    "Abschiebung*": ["claim integration 1", "release integration"],
    "Verfüg* OR Über*": ["claim corona 1", "release corona"],
    # compounds
    "Hilfen": ["release corona"],
    "Coronahilfe": ["release corona"],
    "Corona-Hilfe": ["release corona"],
    "Bürgerinnen": ["release haushalt"],
    # names
    "Annegret Müllers": ["release schulen"],
    "Lenzen Sicherheit": ["claim haushalt 1"],
}


def fill(desk):
    """Keep the corpus; gives what each hit is called."""
    names = {}
    for key, (title, text, quotes, day) in RELEASES.items():
        kept = desk.keep(f"{title}\n\n{text}", quotes, address=f"https://x.example/{key}", published=day, title=title)
        names["release", kept.release.id] = f"release {key}"
        names.update({("claim", claim.id): f"claim {key} {n}" for n, claim in enumerate(kept.new_claims, 1)})
    return names


@pytest.fixture
def filled(desk):
    desk.names = fill(desk)
    return desk


def found(desk, text, **more):
    with desk.database.reading() as session:
        return queries.search(session, text, **more)


def named(desk, text, **more):
    return [desk.names[hit.kind.value, hit.id] for hit in found(desk, text, **more).hits]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_what_it_should(filled, question):
    assert sorted(named(filled, question)) == sorted(QUESTIONS[question])
    assert found(filled, question).total == len(QUESTIONS[question])


def test_both_databases_give_the_same_hits_in_the_same_order_with_the_same_marks(two_desks):
    here, there = two_desks
    fill(here)
    fill(there)
    assert len(QUESTIONS) >= 30
    for question in QUESTIONS:
        assert found(here, question) == found(there, question), question


def test_every_hit_is_marked_where_it_matches_in_the_text_as_it_was_written(filled):
    marked = {}
    for question in ("Muenchen", "Coronahilfe", '"25 Millionen"', "Abschiebung*", "Bürgerinnen"):
        for hit in found(filled, question).hits:
            passages = (hit.title, hit.passage)
            marked.setdefault(question, []).extend(part.text[start:end] for part in passages for start, end in part.marks)
            assert any(part.marks for part in passages)
            assert all(part.start <= start < end <= part.end <= len(part.text) for part in passages for start, end in part.marks)
    assert set(marked["Muenchen"]) == {"München"}
    assert marked["Coronahilfe"] == ["Corona-Hilfen"]
    assert set(marked['"25 Millionen"']) == {"25 Millionen"}
    assert set(marked["Abschiebung*"]) == {"Abschiebungsrate"}
    assert marked["Bürgerinnen"] == ["Bürger:innen"]


def test_titles_and_phrases_weigh_more_than_day_and_equal_ones_come_newest_first(filled):
    def keep(number, title, text, day):
        day = date(2024, 1, day)
        return filled.keep(f"{title}\n\n{text}", address=f"https://x.example/{number}", published=day, title=title).release.id

    in_text = keep(1, "Anderes", "Die Windräder drehen sich, der Park wächst.", 9)
    in_title = keep(2, "Windräder im Park", "Es ist so weit.", 1)
    side_by_side = keep(3, "Anderes", "Der Park Windräder wächst.", 4)
    assert [hit.id for hit in found(filled, "Park Windrad").hits] == [in_title, side_by_side, in_text]
    assert [hit.id for hit in found(filled, "Windräder").hits] == [in_title, side_by_side, in_text]
    same = [keep(number, "Titel", f"Gleiche Worte {number} mal.", day) for number, day in ((11, 5), (12, 7), (13, 6))]
    assert [hit.id for hit in found(filled, '"Gleiche Worte"').hits] == [same[1], same[2], same[0]]


def test_pages_hold_every_hit_once_also_beyond_those_that_are_weighed(filled, monkeypatch):
    whole = named(filled, "Millionen")
    assert len(whole) == 6
    for weighed in (1000, 3, 2):
        monkeypatch.setattr("models.queries.hits.WEIGHED", weighed)
        for size in (1, 2, 4):
            pages = [name for first in range(0, 8, size) for name in named(filled, "Millionen", limit=size, offset=first)]
            assert sorted(pages) == sorted(whole), (weighed, size)
            assert found(filled, "Millionen", limit=size, offset=2).total == 6


def test_kinds_and_filters_narrow(filled):
    claims = (queries.Subject.CLAIM,)
    assert sorted(named(filled, "Millionen", kinds=(queries.Subject.RELEASE,))) == [
        "release corona",
        "release haushalt",
        "release integration",
    ]
    assert sorted(named(filled, "Millionen", kinds=claims)) == ["claim corona 1", "claim haushalt 1", "claim integration 2"]
    late = queries.ClaimFilter(since=date(2023, 1, 1), words="never read")
    assert named(filled, "Millionen", kinds=claims, wanted=late) == ["claim haushalt 1"]
    assert named(filled, "Millionen", kinds=claims, wanted=queries.ClaimFilter(faction=("SPD",))) == []
    assert len(named(filled, "Millionen", wanted=queries.ClaimFilter(faction=("SPD",)))) == 3


def test_the_list_of_claims_is_narrowed_by_the_same_question(filled):
    with filled.database.reading() as session:
        for question, expected in QUESTIONS.items():
            wanted = queries.ClaimFilter(words=question)
            claims = sorted(name for name in expected if name.startswith("claim"))
            rows = queries.claim_rows(session, wanted)
            assert sorted(filled.names["claim", row.id] for row in rows) == claims, question
            assert queries.count_claims(session, wanted) == len(claims)
            assert queries.claim_rows_of(session, [row.id for row in rows]) == rows
        assert queries.count_claims(session, queries.ClaimFilter(words="!!!")) == 0
        assert queries.count_claims(session, queries.ClaimFilter(words="  ")) == 7


def test_what_people_write_is_found_and_said_where(filled):
    claim = next(number for (kind, number), name in filled.names.items() if name == "claim strasse 1")
    filled.act(
        actions.judge,
        claim,
        value="in_progress",
        reason="Der Baubeginn wurde verschoben.",
        evidence=actions.NewEvidence(note="Ausschreibung läuft"),
        now=NOW,
    )
    filled.act(actions.dispute, claim, ground="Zahl fehlt", objector="Ministerium", position="Wir bleiben dabei.", now=NOW)
    for question in ("Baubeginn", "Ausschreibungen", "Ministerium", "fehlt -Zeile", '"bleiben dabei"'):
        (hit,) = found(filled, question, kinds=(queries.Subject.CLAIM,)).hits
        assert (hit.id, hit.passage.field) == (claim, "note"), question
    with filled.database.writing() as session:
        from models import Claim

        session.get_one(Claim, claim).summary = "Sanierung der Landesstraße zugesagt"
    (hit,) = found(filled, "zugesagte").hits
    assert hit.passage.field == "summary"


def test_an_edit_is_found_by_its_new_words_and_no_longer_by_its_old_ones(filled):
    title, text, quotes, day = RELEASES["integration"]
    changed = text.replace("25 Millionen", "17 Millionen")
    filled.keep(f"{title}\n\n{changed}", [quotes[0]], address="https://x.example/integration", published=day, title=title)
    assert named(filled, "17 Millionen") == ["release integration"]
    # The claim stays pinned to the words in which it was made.
    assert sorted(named(filled, "25 Millionen")) == ["claim haushalt 1", "claim integration 2", "release haushalt"]


def test_a_claim_is_found_as_soon_as_lists_show_it_and_a_dismissed_one_when_asked_for(filled):
    kept = filled.keep(
        "T\n\nWir prüfen vieles.", ["Wir prüfen vieles."], address="https://x.example/low", score=0.2, kind=Kind.PLEDGE
    )
    claim, claims = kept.new_claims[0].id, (queries.Subject.CLAIM,)
    assert found(filled, "prüfen", kinds=claims).total == 0
    filled.act(actions.track, claim)
    assert [hit.id for hit in found(filled, "prüfen", kinds=claims).hits] == [claim]
    filled.act(actions.dismiss, claim, why=DismissReason.NO_CLAIM)
    assert found(filled, "prüfen", kinds=claims).total == 0
    asked = queries.ClaimFilter(dismissed=True)
    assert [hit.id for hit in found(filled, "prüfen", kinds=claims, wanted=asked).hits] == [claim]


def test_a_release_that_gets_another_day_moves_with_its_claims(filled):
    title, text, quotes, _ = RELEASES["schulen"]
    filled.keep(f"{title}\n\n{text} Neu.", quotes, address="https://x.example/schulen", published=date(2024, 5, 1), title=title)
    assert {hit.day for hit in found(filled, "Grundschulen").hits} == {date(2024, 5, 1)}


def test_nothing_is_indexed_of_what_was_rolled_back(filled):
    def judge_and_fail():
        with filled.database.writing() as session:
            actor = actions.person_named(session, "Kim", NOW)
            actions.judge(session, 1, value="open", reason="Rückabwicklung", actor=actor, now=NOW)
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        judge_and_fail()
    assert found(filled, "Rückabwicklung").total == 0
