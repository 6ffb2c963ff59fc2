"""Our own sentences and releases as a whole: how often the rules read them as their labels say."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from claims import DISPLAY_THRESHOLD, find_claims
from claims.find import read_sentences
from claims.kinds import CUES, KINDS, CueTable
from claims.lexicon import shipped_lexicon

HERE = Path(__file__).resolve().parent
DAY = date(2024, 3, 5)
FLAGS = {"quoted", "item", "lead", "short", "long", "govside", "oppside", "named", "colonend", "lawrelease"}


def rows(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def releases():
    for path in sorted((HERE / "releases").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def said_by(faction, sentence):
    return f"Titel der Meldung\n\nDazu erklärt die Sprecherin der {faction}-Fraktion, Anna Beispiel:\n\n„{sentence}“"


def kind_shown(row):
    faction = "SPD" if row["construction"].startswith("opposition") else "CDU"
    found = find_claims(said_by(faction, row["sentence"]), released=DAY, factions=[faction], parliament="NRW")
    shown = [finding.kind for finding in found if finding.score >= DISPLAY_THRESHOLD]
    return shown[0] if shown else "none"


def overlap(a, b):
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0


@pytest.mark.parametrize(("kind", "least"), [*((kind, 0.75) for kind in KINDS), ("none", 0.8)])
def test_most_sentences_of_a_kind_are_read_as_that_kind(kind, least):
    sentences = [row for row in rows("sentences.csv") if row["kind"] == kind]
    wrong = [(kind_shown(row), row["sentence"]) for row in sentences if kind_shown(row) != kind]
    assert len(sentences) >= 90
    assert len(wrong) <= (1 - least) * len(sentences), wrong


def test_labelled_releases_are_read_as_well_as_the_method_says():
    count = Counter()
    for row in releases():
        text = row["text"]
        wanted = [(text.index(c["quote"]), text.index(c["quote"]) + len(c["quote"]), c) for c in row["claims"]]
        found = find_claims(text, released=date.fromisoformat(row["date"]), factions=row["faction"], parliament=row["parliament"])
        shown = [finding for finding in found if finding.score >= DISPLAY_THRESHOLD]
        for finding in shown:
            match = next((c for a, b, c in wanted if overlap((a, b), (finding.start, finding.end)) >= 0.5), None)
            if match is None:
                count["false"] += 1
                continue
            count["found"] += 1
            count["kind"] += match["kind"] == finding.kind
            surname = (match["speaker"] or "").split(" ")[-1].lower()
            count["speaker"] += surname == (finding.speaker or "").split(" ")[-1].lower()
            if match["deadline"] or finding.deadline:
                count["dated"] += 1
                count["deadline"] += match["deadline"] == (finding.deadline.isoformat() if finding.deadline else None)
            if match["amount_min_eur"] or match["amount_max_eur"]:
                count["amounts"] += 1
                count["amount"] += (match["amount_min_eur"], match["amount_max_eur"]) == (
                    finding.amount_min_eur,
                    finding.amount_max_eur,
                )
        count["claims"] += len(wanted)
    assert 2 * count["found"] / (count["found"] + count["false"] + count["claims"]) >= 0.88, count
    assert count["kind"] / count["found"] >= 0.9, count
    assert count["speaker"] / count["found"] >= 0.95, count
    assert count["amount"] / count["amounts"] >= 0.9, count
    assert count["deadline"] / count["dated"] >= 0.85, count


def test_every_cue_is_met_in_its_own_example():
    with CUES.open(encoding="utf-8", newline="") as file:
        cues = list(csv.DictReader(file))
    table = CueTable(cues, shipped_lexicon(), every_cue=True)
    by_name = {row["cue"]: row["pattern"] for row in cues}
    missed = []
    for cue in table.cues:
        if any(f"<{flag}>" in by_name[cue.name] for flag in FLAGS):
            continue
        _, sentences = read_sentences(said_by("CDU", cue.example), released=DAY, factions=["CDU"], parliament="NRW", table=table)
        if not any(cue is hit for sentence in sentences for hit, _ in table.hits(sentence.tokens)):
            missed.append((cue.name, by_name[cue.name], cue.example))
    assert missed == []
