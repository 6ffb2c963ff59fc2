"""A state machine over the life of two claims: three people do whatever can be done, in any order.

    .venv/bin/python tests/drills/life_of_a_claim.py [--runs 500] [--steps 50]

After each step: an accepted action moved the revision and is in the history, a refused one changed nothing; every standing judgment
has a person, a reason and, if final, evidence; undoing gives back the state before, field by field; the history verifies.
"""

import argparse
import hashlib
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from models import Body, Claim, Database, Evidence, Finding, ReleaseVersion, Snapshot, actions, queries
from models.actions import ActionError, Edit, NewEvidence
from models.actions.decision_log import state_of
from models.schema import upgrade
from models.words import DismissReason, EvidenceKind, Fulfillment, Kind, SnapshotPurpose, Verdict

START = datetime(2019, 11, 28, 8, tzinfo=UTC)
TEXT = (
    "Wir werden im kommenden Jahr 25 Millionen Euro zur Verfügung stellen. In keinem anderen Bundesland gibt es eine höhere Rate."
)
SPANS = {Kind.FUNDING_PLEDGE: (0, 69), Kind.RANKING: (70, len(TEXT))}
PEOPLE = st.sampled_from(["Kim", "Toni", "Alex"])
WORDS = st.sampled_from(["", "Grund", "<b>x</b>", "Ä\u202e\u2028", "\0"])
DAYS = st.dates(date(2019, 11, 1), date(2022, 6, 1))
CLAIMS = st.sampled_from([1, 2])
VALUES = st.sampled_from([*Fulfillment, *Verdict])
PIECES = st.builds(
    NewEvidence,
    kind=st.sampled_from(EvidenceKind),
    address=st.sampled_from(["", "https://x.example/a", "javascript:x"]),
    note=st.sampled_from(["", "Beleg"]),
    content=st.sampled_from([b"", b"%PDF-1.7", b"MZ"]),
)
DOUBTS = ["announcement_is_not_action", "budgeted_is_not_spent", "later_than_the_day", "interested_party"]
ANSWERED = st.sampled_from([[], DOUBTS])


def a_desk(database):
    """Two claims, a pledge and a ranking, in one release."""
    snapshot = Snapshot(
        address="https://x.example/1",
        final_address="https://x.example/1",
        purpose=SnapshotPurpose.RELEASE,
        fetched_at=START,
        status=200,
        body=Body.of(TEXT.encode()),
    )
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="L", home="https://x.example", verified=False)
        version = ReleaseVersion(
            title="T",
            text=TEXT,
            text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            published_on=date(2019, 11, 27),
            reader="1",
            read_at=START,
            snapshot=actions.keep_snapshot(session, snapshot),
        )
        found = [
            (
                Finding(
                    rules_version="1",
                    found_at=START,
                    kind=kind,
                    start=start,
                    end=end,
                    score=0.9,
                    deadline=date(2020, 12, 31) if kind.is_pledge else None,
                ),
                "Stefan Lenzen",
            )
            for kind, (start, end) in SPANS.items()
        ]
        actions.keep_release(
            session,
            source_key="x",
            address="https://x.example/1",
            parliament="L",
            factions=["FDP"],
            version=version,
            found=found,
            now=START,
        )
        for name in ("Kim", "Toni", "Alex"):
            actions.person_named(session, name, START)
        actions.adopt_methodology(
            session,
            version="2",
            in_force_from=date(2020, 6, 1),
            actor=actions.person_named(session, "Kim", START),
            today=date(2019, 11, 28),
            now=START,
            second_look=True,
        )


class LifeOfAClaim(RuleBasedStateMachine):
    """`TEMPLATE` is an SQLite file with the desk; `database`, where set, is used instead (and is the same for all runs)."""

    template: Path

    @initialize()
    def open_desk(self):
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        shutil.copy(self.template, self.folder / "x.sqlite3")
        self.database = Database(f"sqlite:///{self.folder / 'x.sqlite3'}")
        self.now = START
        self.before_each = {}  # per claim: the states that undoing leads back to
        self.decisions = 0

    def teardown(self):
        if hasattr(self, "database"):
            self.database.close()
            shutil.rmtree(self.folder)

    def look(self, claim_id):
        with self.database.reading() as session:
            claim = session.get_one(Claim, claim_id)
            return state_of(claim), claim.revision, len(claim.decisions), len(claim.reviews), len(claim.evidence)

    def act(self, action, claim_id, *given, who, **more):
        seen = {one: self.look(one) for one in (1, 2)}
        self.now += timedelta(minutes=1)
        try:
            with self.database.writing() as session:
                more = {name: value(session) if callable(value) else value for name, value in more.items()}
                action(session, claim_id, *given, actor=actions.person_named(session, who, self.now), now=self.now, **more)
            refused = ""
        except ActionError as error:
            refused = str(error)
        if refused:
            assert refused.endswith("."), refused
            assert seen == {one: self.look(one) for one in (1, 2)}, f"refused, but changed: {refused}"
            return False
        state, revision, decisions, *_ = self.look(claim_id)
        assert revision > seen[claim_id][1], "accepted, but the revision is as before"
        assert decisions > seen[claim_id][2], "accepted, but not in the history"
        stack = self.before_each.setdefault(claim_id, [])
        if action is actions.undo:
            wanted = stack.pop()
            assert state == wanted, f"undo gave {state}, not {wanted}"
        elif action is not actions.attach:
            stack.append(seen[claim_id][0])
        return True

    @rule(days=st.integers(1, 200))
    def time_goes_by(self, days):
        self.now += timedelta(days=days)
        with self.database.writing() as session:
            actions.raise_due(session, self.now.date(), self.now)

    @rule(claim=CLAIMS, who=PEOPLE, kind=st.sampled_from([None, *Kind]), reason=WORDS)
    def track(self, claim, who, kind, reason):
        self.act(actions.track, claim, who=who, kind=kind, reason=reason)

    @rule(claim=CLAIMS, who=PEOPLE, why=st.sampled_from(DismissReason), reason=WORDS)
    def dismiss(self, claim, who, why, reason):
        self.act(actions.dismiss, claim, who=who, why=why, reason=reason)

    @rule(
        claim=CLAIMS, who=PEOPLE, value=VALUES, reason=WORDS, piece=st.none() | PIECES, day=st.none() | DAYS, answered=ANSWERED,
        again=st.booleans(),
    )  # fmt: skip
    def judge(self, claim, who, value, reason, piece, day, answered, again):
        action = actions.correct if again else actions.judge
        self.act(action, claim, who=who, value=value, reason=reason, evidence=piece, holds_for=day, answered=answered)

    @rule(claim=CLAIMS, who=PEOPLE, reason=WORDS)
    def reopen(self, claim, who, reason):
        self.act(actions.reopen, claim, who=who, reason=reason)

    @rule(claim=CLAIMS, who=PEOPLE)
    def sign_off(self, claim, who):
        self.act(actions.sign_off, claim, who=who)

    @rule(claim=CLAIMS, who=PEOPLE, ground=WORDS, position=WORDS)
    def dispute(self, claim, who, ground, position):
        self.act(actions.dispute, claim, who=who, ground=ground, position=position)

    @rule(claim=CLAIMS, who=PEOPLE, reply=WORDS, day=st.none() | DAYS)
    def note_reply(self, claim, who, reply, day):
        self.act(actions.note_reply, claim, who=who, reply=reply, received_on=day)

    @rule(claim=CLAIMS, who=PEOPLE, reason=WORDS)
    def resolve(self, claim, who, reason):
        self.act(actions.resolve, claim, who=who, resolution=reason)

    @rule(
        claim=CLAIMS,
        who=PEOPLE,
        given=st.builds(
            Edit,
            summary=st.none() | WORDS,
            kind=st.none() | st.sampled_from(Kind),
            deadline=st.none() | st.just("") | DAYS,
            amount=st.none() | st.tuples(st.none() | st.floats(-1, 1e16), st.none() | st.floats(0, 1e9)),
            no_amount=st.booleans(),
            topic=st.none() | WORDS,
            speaker=st.none() | WORDS,
        ),
    )
    def edit(self, claim, who, given):
        self.act(actions.edit, claim, given, who=who)

    @rule(claim=CLAIMS, who=PEOPLE, to=st.none() | PEOPLE)
    def assign(self, claim, who, to):
        self.act(actions.assign, claim, who=who, to=lambda session: to and actions.person_named(session, to, self.now))

    @rule(claim=CLAIMS, who=PEOPLE, until=DAYS, reason=WORDS, source=st.none() | PIECES)
    def extend(self, claim, who, until, reason, source):
        self.act(actions.extend, claim, who=who, until=until, reason=reason, source=source)

    @rule(claim=CLAIMS, who=PEOPLE, piece=PIECES)
    def attach(self, claim, who, piece):
        self.act(actions.attach, claim, piece, who=who)

    @rule(claim=CLAIMS, who=PEOPLE, known=CLAIMS)
    def merge(self, claim, who, known):
        self.act(actions.merge, claim, known, who=who)

    @rule(claim=CLAIMS, who=PEOPLE)
    def split(self, claim, who):
        self.act(actions.split, claim, who=who)

    @rule(claim=CLAIMS, who=PEOPLE, day=DAYS, later=st.booleans())
    def appoint(self, claim, who, day, later):
        if later:
            self.act(actions.snooze, claim, who=who, until=day)
        else:
            self.act(actions.appoint_by_hand, claim, who=who, due_on=day, reason="noch einmal")

    @rule(claim=CLAIMS, who=PEOPLE)
    def undo(self, claim, who):
        self.act(actions.undo, claim, who=who)

    @invariant()
    def the_history_stands(self):
        if not hasattr(self, "database"):
            return
        with self.database.reading() as session:
            assert queries.check_history(session) == []

    @invariant()
    def every_standing_judgment_has_what_the_gate_asks(self):
        if not hasattr(self, "database"):
            return
        with self.database.reading() as session:
            for claim in session.scalars(select(Claim)):
                has_evidence = session.scalar(select(Evidence.id).where(Evidence.claim_id == claim.id).limit(1)) is not None
                for review in claim.standing_reviews:
                    scale = Fulfillment if review.question == "fulfillment" else Verdict
                    final = actions.methodology_on(session, review.recorded_at.date()).is_final(scale(review.value))
                    assert review.person.name in {"Kim", "Toni", "Alex"}
                    assert review.reason.strip()
                    assert has_evidence or not final


def run(runs: int, steps: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.sqlite3"
        database = Database(f"sqlite:///{file}")
        upgrade(database, START)
        a_desk(database)
        database.close()
        LifeOfAClaim.template = file
        run_state_machine_as_test(
            LifeOfAClaim,
            settings=settings(
                max_examples=runs,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--steps", type=int, default=50)
    asked = parser.parse_args()
    run(asked.runs, asked.steps)
    print(f"{asked.runs} runs of up to {asked.steps} steps: no invariant was broken.")
    sys.exit(0)
