"""Speakers: who says a sentence, by the ways in which releases tell."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.speech.speakers import CONFIDENCE, attribute
from claims.text.clean import clean
from claims.text.lines import paragraphs
from claims.text.statements import statements
from settings.reference import shipped_record

HERE = Path(__file__).resolve().parent
RECORD = shipped_record()
CLAIM = "Im Land fehlen 3.200 Lehrkräfte."
LEAD = "Dazu erklärt die schulpolitische Sprecherin der SPD-Fraktion, Dr. Anna Beispiel:"
WORDS = st.sampled_from(
    ["Das ist so", ".", "?", ":", "„", "“", '"', "»", "«", ",", "(", ")", "\n", "\n\n", "- ", "Hintergrund:", "Anna Beispiel", "(SPD)", "die Sprecherin", "der Minister",
     "so", "sagte", "er", "laut", "zufolge", "habe", "Dazu erklärt", "Beispiel:", "Dr.", "von", "MdL", "CDU-Fraktion", "Sehr geehrte", "Frage:", ";", "–", "**", "\u00a0", "🙂"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join))


def rows():
    return [json.loads(line) for line in (HERE / "speakers.jsonl").read_text(encoding="utf-8").splitlines()]


def read(text, *factions):
    """Each statement of a text with its speaker's name, its faction and the rule."""
    cleaned = clean(text)
    said = statements(cleaned.text)
    attributions, cast = attribute(paragraphs(cleaned.text), said, tuple(RECORD.faction(name) for name in factions), RECORD)
    found = {}
    for statement, attribution in zip(said, attributions, strict=True):
        start, end = cleaned.span(statement.start, statement.end)
        speaker = attribution.speaker
        found[text[start:end]] = (speaker.name if speaker else None, cast.faction_of(speaker), attribution.rule)
    return found


def speaker_of(body, *factions):
    """Who says the one claim of a text that has a title."""
    found = read(f"Überschrift der Meldung\n\n{body}", *(factions or ("SPD",)))
    return next(name for sentence, (name, _, _) in found.items() if "3.200" in sentence)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_each_sentence_is_given_to_whoever_says_it(row):
    found = read(row["text"], *row["faction"])
    for expected in row["expected"]:
        name, faction, _ = found[expected["quote"]]
        assert name == expected["speaker"], expected["quote"]
        factions = ["CDU/CSU", expected["faction"][8:]] if expected["faction"].startswith("CDU/CSU/") else [expected["faction"]]
        names = [name for part in factions for name in ([part] if part == "CDU/CSU" else part.split("/"))]
        assert faction == "/".join(RECORD.faction(name) for name in names), expected["quote"]


@pytest.mark.parametrize(
    "body",
    [
        f"{LEAD}\n\n„{CLAIM}“",
        f"{LEAD}\n\n{CLAIM}",
        f"{LEAD[:-1]}.\n\n„{CLAIM}“",
        f"{LEAD[:-1]}\n\n„{CLAIM}“",
        f"Zur Lage können Sie die Vorsitzende, Anna Beispiel, wie folgt zitieren:\n\n{CLAIM}",
        f"Anna Beispiel: „{CLAIM}“",
        f"Anna Beispiel (SPD): {CLAIM}",
        f"Anna Beispiel, SPD – „{CLAIM}“",
        f"Das ist neu.\n\n**Anna Beispiel**\nSprecherin der SPD-Fraktion\n„{CLAIM}“",
        f"„{CLAIM[:-1]}“, so die Abgeordnete Anna Beispiel.",
        f"„{CLAIM[:-1]}“, erklärt Anna Beispiel, Sprecherin für Schule der Fraktion. Das ist viel.",
        f"„Wir zählen“, erklärt Anna Beispiel, Sprecherin der Fraktion. Beispiel weiter: „{CLAIM}“",
        f"„Wir zählen.\n\n{CLAIM} Das ist viel“, sagt Anna Beispiel.",
        f"„Wir“, so Anna Beispiel, „zählen jeden Tag. {CLAIM}“",
        f"„{CLAIM}“ Mit diesen Worten reagiert Fraktionschefin Anna Beispiel MdL auf die Zahlen.",
        f"Die Sprecherin Anna Beispiel kritisiert das. „{CLAIM[:-1]}“, sagt sie.",
        f"Die Sprecherin Anna Beispiel kritisiert das. „{CLAIM[:-1]}“, sagt die Sozialdemokratin.",
        "Die Sprecherin Anna Beispiel kritisiert das. Im Land fehlten 3.200 Lehrkräfte, so Beispiel.",
        "Die Sprecherin Anna Beispiel kritisiert das. Das Land habe 3.200 Stellen gestrichen.",
        "Laut Anna Beispiel, der schulpolitischen Sprecherin, fehlen im Land 3.200 Lehrkräfte.",
        "Die Sprecherin Anna Beispiel sprach. Ihr zufolge fehlen im Land 3.200 Lehrkräfte.",
        "Anna Beispiel, schulpolitische Sprecherin, wies darauf hin, dass im Land 3.200 Lehrkräfte fehlen.",
        f"Dazu erklären Anna Beispiel, Sprecherin für Schule, und Max Muster, Berichterstatter der SPD-Fraktion:\n\n„{CLAIM}“",
    ],
)
def test_a_claim_has_its_speaker_however_it_is_introduced(body):
    assert speaker_of(body) == "Anna Beispiel"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Prof. Dr. Dr. h. c. Anna Beispiel, MdB", "Anna Beispiel"),
        ("Jannik NEUHOFF", "Jannik Neuhoff"),
        ("Jannis VON LÜTZENHAIN", "Jannis von Lützenhain"),
        ("Albrecht von der Heyde", "Albrecht von der Heyde"),
        ("Philipp zu Erlenburg", "Philipp zu Erlenburg"),
        ("Anna-Lena Grothe-Wischmann", "Anna-Lena Grothe-Wischmann"),
        ("Hans-Jürgen F. Gallwitz", "Hans-Jürgen F. Gallwitz"),
        ("Ayşegül Yıldızoğlu", "Ayşegül Yıldızoğlu"),
        ("Małgorzata Wróblewska-Thiel", "Małgorzata Wróblewska-Thiel"),
        ("Mahmoud Al-Qassar", "Mahmoud Al-Qassar"),
        ("Friederike Klein", "Friederike Klein"),
        ("Heide Sonntag", "Heide Sonntag"),
        ("Rolf Berlin", "Rolf Berlin"),
        ("Anna Richter", "Anna Richter"),
    ],
)
def test_a_name_is_given_whole_and_without_titles(written, name):
    assert speaker_of(f"Dazu erklärt die schulpolitische Sprecherin der SPD-Fraktion, {written}:\n\n„{CLAIM}“") == name


@pytest.mark.parametrize(
    "body",
    [
        CLAIM,
        f"In {CLAIM[3:-1]}, weil niemand da war, der das hätte ändern können. {LEAD}\n\n„Das ist viel.“",
        f"Anna Beispiel, Sprecherin für Schule;\nMax Muster, Berichterstatter:\n\n{CLAIM} Das ist bekannt.\n\n„Wir zählen jeden Tag.“",
        f"{CLAIM} {LEAD}\n\n„Das ist viel.“",
        f"{LEAD}\n\n„Das ist viel.“\n\nHintergrund:\n{CLAIM}",
        f"{LEAD}\n\n„Das ist viel.\n\nHintergrund: {CLAIM}",
        f"{LEAD}\n\n„Das ist viel.“\n\nDie Fraktion hat einen Antrag gestellt. {CLAIM}",
        f"{LEAD}\n\n„Das ist viel.“\n\nMinister Max Muster widersprach. „{CLAIM[:-1]}“, so der Minister.",
        f"{LEAD}\n\n„Das ist viel.“\n\nMinister Max Muster widersprach. Im Land habe er 3.200 Lehrkräfte gezählt.",
        f"{LEAD}\n\n„Das ist viel.“\n\n„{CLAIM[:-1]}“, sagte die Vorsitzende der Gewerkschaft, Eva Muster, in Kiel.",
        f"{LEAD}\n\n„Das ist viel.“\n\n„{CLAIM[:-1]}“, sagte Max Muster vom Elternverein.",
        f"{LEAD}\n\n„Das ist viel.“\n\nCDU-Fraktionschef Max Muster sagte: „{CLAIM}“",
        "Laut Kultusminister Max Muster fehlen im Land 3.200 Lehrkräfte.",
        f"Dazu erklärt die SPD-Fraktion: „{CLAIM}“",
        f"{LEAD}\n\n„Das ist viel.“\n\n„{CLAIM[:-1]}“, heißt es in dem Beschluss.",
    ],
)
def test_what_the_faction_or_a_stranger_says_has_no_speaker(body):
    name = "Max Muster" if "CDU-Fraktionschef" in body else None
    assert speaker_of(body) == name if name else speaker_of(body) is None


def test_who_is_only_spoken_of_in_a_statement_does_not_speak():
    body = (
        f"{LEAD}\n\n„Minister Max Muster hat den Landrat Udo Krantz getroffen. {CLAIM} Das sagt auch die Sprecherin Eva Muster.“"
    )
    assert speaker_of(body) == "Anna Beispiel"


def test_each_speaker_of_a_joint_release_has_the_own_faction():
    text = f"Titel\n\nDazu erklären die Sprecherin der CDU-Fraktion, Anna Beispiel, sowie der Sprecher der FDP-Fraktion, Max Muster:\n\nAnna Beispiel: „Wir zählen.“\n\nMuster: „{CLAIM}“"
    found = read(text, "CDU", "FDP")
    assert found["Wir zählen."][:2] == ("Anna Beispiel", "CDU")
    assert found[CLAIM][:2] == ("Max Muster", "FDP")


def test_without_a_speaker_all_factions_speak():
    assert read(f"Titel\n\n{CLAIM}", "SPD", "GRÜNE")[CLAIM][:2] == (None, "SPD/GRÜNE")


def test_a_surname_in_the_heading_is_better_than_nobody():
    text = f"Hinrichsmeyer: Artensterben stoppen\n\n„{CLAIM[:-1]}“, sagt Hinrichsmeyer."
    assert read(text, "GRÜNE")[f"{CLAIM[:-1]}“, sagt Hinrichsmeyer."][0] == "Hinrichsmeyer"


def test_a_word_in_the_heading_is_nobody():
    text = f"Milchkrise: Minister zündet Strohfeuer\n\n„{CLAIM[:-1]}“, kommentiert die Fraktion die Milchkrise."
    assert [name for name, _, _ in read(text, "GRÜNE").values()] == [None]


def test_a_rule_says_how_sure_it_is():
    cleaned = f"Titel\n\n{LEAD}\n\n„Das ist viel. {CLAIM}“ Das Land habe 12 Stellen gestrichen."
    attributions, _ = attribute(paragraphs(cleaned), statements(cleaned), ("SPD",), RECORD)
    assert [(a.rule, a.confidence) for a in attributions] == [
        ("", CONFIDENCE[""]),
        ("lead", CONFIDENCE["lead"]),
        ("lead", CONFIDENCE["lead"]),
        ("indirect speech", CONFIDENCE["indirect speech"]),
    ]
    assert attributions[1] is attributions[2]
    assert all(0 < confidence <= 1 for confidence in CONFIDENCE.values())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_each_sentence_one_attribution(text):
    cleaned = clean(text).text
    said = statements(cleaned)
    for factions in ((), ("SPD",), ("CDU", "GRÜNE")):
        attributions, _ = attribute(paragraphs(cleaned), said, factions, RECORD)
        assert len(attributions) == len(said)
        assert all(a.rule in CONFIDENCE and (a.speaker is None or a.speaker.name) for a in attributions)


def letters(number):
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


HOSTILE = {
    "one word": lambda n: "a" * n,
    "only quotation marks": lambda n: "„“" * (n // 2),
    "nested quotation marks": lambda n: "„" * (n // 2) + "“" * (n // 2),
    "names without end": lambda n: "Anna-" * (n // 5),
    "parted words": lambda n: "ab- cd" * (n // 6),
    "roles": lambda n: "Sprecherin a, " * (n // 14),
    "capitals": lambda n: "Aa Bb Cc " * (n // 9),
    "stops": lambda n: "." * n,
    "initials": lambda n: "A. " * (n // 3),
    "line breaks": lambda n: "\n" * n,
    "labels": lambda n: "\n".join(f"Ab{letters(i)}: Cd ist es." for i in range(n // 20)),
    "ordinary text": lambda n: (f"{LEAD}\n\n„{CLAIM} Das ist viel“, so Beispiel.\n\nDas Land habe 12 Stellen.\n\n" * (n // 100))[
        :n
    ],
    "ever new people": lambda n: "\n".join(
        f"Die Sprecherin Anna Be{letters(i)} sagt es. Das sei gut, so die Abgeordnete." for i in range(n // 75)
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_costs_about_as_much_as_the_text_is_long(name):
    def seconds(size):
        text = HOSTILE[name](size)
        began = time.process_time()
        cleaned = clean(text).text
        attribute(paragraphs(cleaned), statements(cleaned), ("SPD",), RECORD)
        return time.process_time() - began

    seconds(2_000)
    small, large = seconds(20_000), seconds(160_000)
    # Eight times the text; quadratic cost would be sixty-four times.
    assert large < 30 * max(small, 0.02), f"{small:.3f} s, then {large:.3f} s"
