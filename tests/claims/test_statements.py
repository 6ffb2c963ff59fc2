"""Statements: where a reader ends sentences, what is body and what is not, and what stands in quotation marks."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.text.clean import clean
from claims.text.statements import LONGEST, statements

BODY = "Im Land fehlen 3.200 Lehrkräfte."
WORDS = st.sampled_from(
    ["Das ist so", "z. B.", "25 Mio.", "am 8. Juli", ".", "!", "?", "…", ":", "„", "“", "”", '"', "»", "«", "‚", "‘", "(", ")", "\n", "\n\n", "- ", "Hintergrund:",
     "Anna Beispiel (SPD):", "so Beispiel", "worden.Die", "MAINZ. ", "Themen", "Foto: A", "1.", "\u00ad", "\u00a0", "\x1f", "🙂"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join))


def texts(body):
    return [statement.text for statement in statements(f"Titel\n\n{body}")]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Am 8. Juli gab es z. B. 12 neue Schulen, u. a. in Beispielhausen mit 25 Mio. Euro.", "Das ist gut."],
        ["Das kostet 25 Mio.", "Das ist viel.", "Hinzu kommen 3 Mrd. Euro."],
        ["In der 19. Wahlperiode und im 21. Jahrhundert gilt das.", "Ab dem 1. Januar 2027 auch."],
        ["Bayern liegt auf Platz 9.", "Das ist peinlich.", "Hessen liegt auf Rang 14.", "Kein Land ist schlechter."],
        ["Am 8. 7. 2019 begann es um 12.30 Uhr.", "Um 13 Uhr endete es."],
        ["Nach § 2 Abs. 1 und Art. 3 GG gilt Nr. 5.", "Wir halten das ein."],
        ["Hans-Jürgen F. Gallwitz hat Prof. Dr. Max Muster getroffen.", "Er war da."],
        ["Was nun?!", "Das frage ich mich …", "Und dann?", "Nichts."],
        ["Er sagte, es sei gut ... und ging.", "Das war alles."],
        ["Er wohnt in St. Peter-Ording.", "Die Firma heißt Muster & Co. KG.", "Der e. V. hilft."],
        ["Das ist der 3. Antrag.", "Zum 75. Geburtstag gratulieren wir."],
        ["Vgl. Drs. 18/19021, S. 12 ff.", "Das steht auch auf www.Fraktion.de und bei max.Muster@x.de dazu."],
        ["Im II. Quartal stieg sie.", "Die Zahl sank auf 54.", "Hinzu kamen 3 (s. u.)."],
        ["Der Sprecher der Fraktion DIE LINKE. Max Muster war da.", "Das war gut."],
        ["Wir brauchen dreierlei: „Mut“, Geld und Zeit.", "Das gilt."],
    ],
    ids=lambda sentences: sentences[0][:40],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    assert texts(" ".join(sentences)) == sentences


def test_sentences_joined_without_a_blank_are_parted():
    body = "Die Stellen sind besetzt worden.Die Kosten tragen wir.„Das gilt.“2016 waren es 845.Im Jahr darauf 400."
    assert texts(body) == [
        "Die Stellen sind besetzt worden.",
        "Die Kosten tragen wir.",
        "Das gilt.",
        "2016 waren es 845.",
        "Im Jahr darauf 400.",
    ]


@pytest.mark.parametrize("marks", ["„“", "»«", "«»", '""', "“”", "„”", '„"'])
def test_a_quotation_ends_at_its_stop_and_keeps_who_said_it(marks):
    opening, closing = marks
    body = f"{opening}Das ist so.{closing} {opening}Es fehlen 12 Stellen{closing}, so Muster. {opening}Ja!{closing}, sagt er. Das war alles."
    found = statements(f"Titel\n\n{body}")
    assert [(s.text, s.quoted) for s in found] == [
        ("Das ist so.", True),
        (f"Es fehlen 12 Stellen{closing}, so Muster.", True),
        (f"Ja!{closing}, sagt er.", True),
        ("Das war alles.", False),
    ]


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("„Das ist so.\n\nDas auch.\n\nUnd das.“\n\nDas nicht mehr.", [True, True, True, False]),
        ("„Das ist so.\n\n„Das auch.\n\n„Und das.“\n\nDas nicht mehr.", [True, True, True, False]),
        ("„Wir „retten die Bienen“ heute. Das ist gut.“ Das sagt niemand.", [True, True, False]),
        ("„Er nennt es ‚Weiter so‘. Das ist ‚schlecht‘.“ Das sagt niemand.", [True, True, False]),
        ("„Das wird nie geschlossen.\n\nHintergrund: Das ist so.", [True, False]),
        (
            "„Das wird nie geschlossen.\n\nAnna Beispiel: „Und das auch.\n\nMax Muster: „So ist es.“",
            [True, False, True, False, True],
        ),
        ("„Gute Schule für alle“ hat uns 12 Stellen gebracht.", [False]),
        ("Wir haben das „gute Schule“ genannt.", [False]),
        ("Das steht hier noch.“", [False]),
    ],
    ids=lambda value: value[:40].replace("\n", " ") if isinstance(value, str) else "",
)
def test_what_stands_in_quotation_marks_is_known(body, quoted):
    assert [statement.quoted for statement in statements(f"Titel\n\n{body}")] == quoted


@pytest.mark.parametrize(
    "line",
    [
        "Lehrkräfte fehlen im ganzen Land",
        "Wann handelt die Ministerin endlich?",
        "27.11.2019",
        "Pressemitteilung Nr. 18/702",
        "Foto: Anna Beispiel",
        "Bildunterschrift: Anna Beispiel MdL am Rednerpult (Quelle: Fraktion)",
        "Alt-Text: Foto einer Radspur mit Baken",
        "Pressestelle der Fraktion, Telefon 0123 456, E-Mail a@b.example",
        "Es gilt das gesprochene Wort.",
        "V.i.S.d.P.: Fraktion, Platz 1, 01067 Dresden",
        "Teilen",
    ],
)
def test_what_is_no_body_is_left_out(line):
    assert [s.text for s in statements(f"{line}\n\n{BODY}")] == [BODY]


@pytest.mark.parametrize(
    "label", ["Themen", "Autoren", "Weitere Pressemitteilungen", "Pressekontakt:", "Empfehlen Sie uns!", "Zurück zur Übersicht"]
)
def test_the_release_ends_at_its_trailing_labels(label):
    assert texts(f"{BODY}\n\n{label}\n\nIm Land fehlen 99 Ärzte.") == [BODY]


def test_a_label_above_the_text_ends_nothing():
    assert [s.text for s in statements(f"Kontakt\nTel.: 0211 1234\n\nTitel\n\n{BODY}")] == [BODY]


@pytest.mark.parametrize(
    "dateline",
    [
        "MAINZ. ",
        "BAD NEUENAHR. ",
        "Dresden, 24. Juni 2021. ",
        "Stuttgart – ",
        "Berlin, den 3.5.2020: ",
        "(Wiesbaden) ",
        "(2019-113) ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(dateline):
    assert texts(dateline + BODY) == [BODY]


def test_lines_of_the_body_are_kept_even_without_a_stop():
    long = "Die Landesregierung hat im vergangenen Jahr 300 Stellen gestrichen und das Geld dafür in die Werbung gesteckt, was niemand verstehen kann"
    assert texts(f"{BODY}\n\nDas gilt auch hier.\n\n{long}") == [BODY, "Das gilt auch hier.", long]


def test_list_items_are_statements_of_their_own():
    found = statements(
        f"Titel\n\n{BODY} Vorgesehen sind:\n- 60 Stellen für Kinder (2026 und 2027)\n• 2,5 Mio. Euro für Licht\n\nDas ist gut."
    )
    assert [(s.text, s.item) for s in found][2:] == [
        ("60 Stellen für Kinder (2026 und 2027)", True),
        ("2,5 Mio. Euro für Licht", True),
        ("Das ist gut.", False),
    ]


def test_who_speaks_before_a_colon_is_no_part_of_what_is_said():
    body = "Anna Beispiel (SPD): Der Mittelstand sucht Leute. Es fehlen 12.\n\nZum Hintergrund: Es gibt 99 Firmen.\n\nUnser Ziel: 1.500 Plätze bis 2025."
    assert texts(body) == [
        "Anna Beispiel (SPD):",
        "Der Mittelstand sucht Leute.",
        "Es fehlen 12.",
        "Es gibt 99 Firmen.",
        "Unser Ziel: 1.500 Plätze bis 2025.",
    ]


def test_a_lone_surname_before_a_colon_counts_only_if_the_text_knows_it():
    assert texts("Im Gespräch: Anna Beispiel.\n\nBeispiel: Ja, das stimmt.\n\nMitmachen: Wanderung am 6. April.")[2:] == [
        "Ja, das stimmt.",
        "Mitmachen: Wanderung am 6. April.",
    ]


def test_the_lead_is_what_stands_before_anybody_speaks():
    found = statements(f"Titel\n\n{BODY} Das hat Folgen. Dazu erklärt Anna Beispiel:\n\n„Das ist so.“\n\nDas war alles.")
    assert [statement.lead for statement in found] == [True, True, True, False, False]


def test_a_sentence_without_end_is_nobodys_statement():
    assert texts("Das ist " + "sehr " * (LONGEST // 5) + "lang.") == []


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_statements_that_are_there_in_order_and_apart(text):
    cleaned = clean(text)
    found = statements(cleaned.text)
    assert [cleaned.text[s.start : s.end] for s in found] == [s.text for s in found]
    assert all(0 < s.end - s.start <= LONGEST for s in found)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in itertools.pairwise(found))
    assert [s.position for s in found] == list(range(len(found)))
    assert all(s.left == s.back == -1 or 0 <= s.left <= s.back <= len(s.text) for s in found)
    assert found == statements(cleaned.text)
