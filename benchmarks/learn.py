"""Learning from the desk: time to train, what it gains on held-out decisions, and what a poisoned batch does.

    .venv/bin/python benchmarks/learn.py [--decisions 200 1000 5000] [--desks 10]

The desk is simulated. It tracks pledges and figures of the Land, but dismisses two sorts of sentence that the rules score as
high: commitments to study, examine or discuss something, and figures about the federation; one decision in twenty is a slip.
"""

import argparse
import hashlib
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from claims.held_out import check
from claims.learned import Example, learn
from jobs.learn import learn_from_desk
from models import Database, Finding, ReleaseVersion, actions, queries
from models.schema import upgrade
from models.words import DismissReason, Kind

START = datetime(2024, 1, 8, 9, tzinfo=UTC)
PLACES = ("Schulen", "Kitas", "Kliniken", "Radwege", "Brücken", "Feuerwehren", "Sportstätten", "Theater", "Gerichte", "Wälder")
PURPOSES = ("Sanierung", "Ausstattung", "Förderung", "Digitalisierung", "Modernisierung", "Planung", "Erweiterung", "Sicherheit")
ACTS = ("stellen {n} Millionen Euro bereit", "schaffen {n} neue Stellen", "investieren {n} Millionen Euro", "bauen {n} Gebäude")
TALK = ("lassen {n} Vorhaben prüfen", "geben {n} Gutachten in Auftrag", "führen {n} Gespräche", "setzen {n} Arbeitsgruppen ein")
WHEN = ("im kommenden Jahr", "bis Ende 2027", "noch in diesem Jahr", "im Haushalt 2026", "bis zum Sommer")
SENTENCES = {
    "act": ("Für die {purpose} der {place} {act} wir {when}.", "pledge", ("own side", "deadline"), True),
    "talk": ("Zur {purpose} der {place} {act} wir {when}.", "pledge", ("own side", "deadline"), False),
    "land": ("Bei uns im Land fehlen {n} Plätze für die {purpose} der {place}.", "statistic", ("number of things",), True),
    "federal": ("Im Bund fehlen {n} Plätze für die {purpose} der {place}.", "statistic", ("number of things",), False),
}


def decisions(number: int, seed: int, *, slips: float = 0.05) -> list[Example]:
    """What a simulated desk decided, in order of time."""
    chance = random.Random(seed)  # noqa: S311  a simulation
    found = []
    for n in range(number):
        sort = chance.choice(("act", "act", "talk", "land", "federal"))
        pattern, kind, cues, wanted = SENTENCES[sort]
        act = chance.choice(ACTS if sort == "act" else TALK).format(n=100 + n)
        place, purpose, when = chance.choice(PLACES), chance.choice(PURPOSES), chance.choice(WHEN)
        quote = pattern.format(place=place, purpose=purpose, act=act, when=when, n=100 + n)
        tracked = wanted if chance.random() >= slips else not wanted
        # The rules see a little of it: what the desk wants scores somewhat higher.
        score = min(0.99, max(0.5, chance.gauss(0.82 if wanted else 0.78, 0.1)))
        found.append(Example(quote, kind, score, cues, f"https://x.example/{seed}", tracked, kind if tracked else None))
    return found


def poisoned(number: int, seed: int) -> list[Example]:
    """A batch of such sentences whose decisions were drawn by lot."""
    chance = random.Random(seed)  # noqa: S311  a simulation
    return [replace(example, tracked=chance.choice((True, False))) for example in decisions(number, seed)]


def store(database: Database, examples: Sequence[Example], start: datetime = START) -> None:
    """Keep examples as claims of one release, and decide on them, a minute each."""
    text = "\n\n".join(["Titel", *(example.quote for example in examples)])
    version = ReleaseVersion(
        title="Titel",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_on=start.date(),
        reader="1",
        read_at=start,
        snapshot=None,
    )
    found = [
        Finding(
            rules_version="1",
            found_at=start,
            kind=Kind(example.kind),
            start=text.index(example.quote),
            end=text.index(example.quote) + len(example.quote),
            score=example.score,
            reasons=[{"cue": cue, "text": "", "weight": 1.0} for cue in example.cues],
        )
        for example in examples
    ]
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="P", home="https://x.example", verified=False)
        kept = actions.keep_release(
            session,
            source_key="x",
            address=examples[0].address,
            parliament="P",
            factions=["UM"],
            version=version,
            found=[(finding, None) for finding in found],
            now=start,
        )
        actor = actions.person_named(session, "Kim", start)
        for n, (claim, example) in enumerate(zip(kept.new_claims, examples, strict=True)):
            moment = start + timedelta(minutes=n)
            if example.tracked:
                kind = Kind(example.decided_kind) if example.decided_kind else None
                actions.track(session, claim.id, actor=actor, now=moment, kind=kind)
            elif example.tracked is False:
                actions.dismiss(session, claim.id, why=DismissReason.NO_CLAIM, actor=actor, now=moment)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decisions", type=int, nargs="+", default=[200, 1000, 5000])
    parser.add_argument("--desks", type=int, default=10)
    given = parser.parse_args()
    learn(decisions(50, 0))  # loads the tables of the language
    for number in given.decisions:
        examples = decisions(number, 1)
        began = time.process_time()
        learned = learn(examples)
        spent = time.process_time() - began
        found = check(examples, learned)
        print(
            f"{number:>6,} decisions: {spent:.2f} s to train (three times two thirds), {len(learned.weights)} weights, "
            f"held-out average precision rules {found.rules:.2f}, learned {found.after:.2f}: {found.ground}"
        )
    _batches(given.desks)
    _through_the_database()


def _batches(desks: int) -> None:
    """What becomes of a second batch, over several desks."""
    for number, batch in ((200, 20), (200, 60), (200, 200), (1000, 100)):
        for name in ("honest", "by lot", "inverted"):
            grounds: Counter[str] = Counter()
            for seed in range(desks):
                older = decisions(number, seed)
                newest = poisoned(batch, seed + 1000) if name == "by lot" else decisions(batch, seed + 1000)
                if name == "inverted":
                    newest = [replace(example, tracked=not example.tracked) for example in newest]
                grounds[check([*older, *newest], learn([*older, *newest]), learn(older), number).ground] += 1
            print(f"{number:>6,} + {batch} {name}: accepted {grounds['better']} of {desks}  {dict(grounds)}")


def _through_the_database() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'desk.sqlite3'}")
        upgrade(database, START)
        store(database, decisions(200, 1))
        store(database, [replace(example, tracked=None) for example in decisions(300, 2)])
        began = time.perf_counter()
        lesson = learn_from_desk(database, START + timedelta(days=1))
        print(f"200 decisions, 300 candidates in SQLite, {time.perf_counter() - began:.2f} s: {lesson.outcome}. {lesson.reason}")
        with database.reading() as session:
            before = queries.claim_rows(session, queries.ClaimFilter(), size=1000)
        store(database, poisoned(100, 3), START + timedelta(days=2))
        lesson = learn_from_desk(database, START + timedelta(days=3))
        with database.reading() as session:
            after = {row.id: row.learned for row in queries.claim_rows(session, queries.ClaimFilter(), size=1000)}
        same = all(after[row.id] == row.learned for row in before)
        print(f"100 decisions by lot after it: {lesson.outcome}. {lesson.reason} Scores as before: {'yes' if same else 'NO'}.")
        database.close()


if __name__ == "__main__":
    main()
