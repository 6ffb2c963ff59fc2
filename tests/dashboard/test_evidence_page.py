from datetime import UTC, datetime

import pytest

from dashboard.evidence_page import _evidence
from models import Snapshot, actions, queries
from models.actions import NewEvidence
from models.words import EvidenceKind, SnapshotPurpose

NOW = datetime.now(UTC)
HOSTILE = b"<script>alert(document.cookie)</script>"


@pytest.fixture
def add(desk_database):
    def added(**given):
        with desk_database.writing() as session:
            kim = actions.person_named(session, "Kim Beispiel", NOW)
            return actions.attach(session, 2, NewEvidence(kind=EvidenceKind.REPORT, **given), actor=kim, now=NOW).id

    return added


def test_a_file_is_handed_out_as_it_was_given_and_only_to_be_saved(add):
    answer = _evidence(add(content=b"%PDF-1.7\n" + HOSTILE, file_name='x".html'))
    assert answer.body == b"%PDF-1.7\n" + HOSTILE
    assert answer.media_type == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert 'x"' not in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_archived_page_is_handed_out_as_text_whatever_is_in_it(add, desk_database):
    number = add(address="https://example.org/a")
    from models import Body

    with desk_database.writing() as session:
        snapshot = actions.keep_snapshot(
            session,
            Snapshot(
                address="https://example.org/a",
                final_address="https://example.org/a",
                purpose=SnapshotPurpose.EVIDENCE,
                fetched_at=NOW,
                status=200,
                headers={"content-type": "text/html"},
                body=Body.of(HOSTILE),
            ),
        )
        actions.evidence_archived(session, number, snapshot, NOW)
    answer = _evidence(number)
    assert answer.body == HOSTILE
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("number", [999_999, 2**70])
def test_what_is_not_there_is_said(desk_database, number):
    assert _evidence(number).status_code == 404


def test_a_pasted_text_has_no_file(add):
    assert _evidence(add(note="Nur Text")).status_code == 404


def test_the_claims_page_links_to_the_archived_file(visit, add):
    number = add(content=b"%PDF-1.7", file_name="<img src=x>.pdf")
    words = "\n".join(str(element.proto) for element in visit("views/one_claim.py", lang="en", id=2).get("html"))
    assert f"/evidence/{number}" in words
    assert "&lt;img src=x&gt;.pdf" in words


def test_the_history_keeps_what_was_undone_struck_out(visit, desk_database):
    with desk_database.writing() as session:
        kim = actions.person_named(session, "Kim Beispiel", NOW)
        revision = queries.claim_for_page(session, 2).revision
        actions.assign(session, 2, to=kim, actor=kim, now=NOW, revision=revision)
        actions.undo(session, 2, actor=kim, now=NOW)
    words = "\n".join(str(element.proto) for element in visit("views/one_claim.py", lang="en", id=2).get("html"))
    assert "bw-time bw-undone" in words
    assert "Assigned (taken back)" in words
    assert "With whom: – → Kim Beispiel" in words
