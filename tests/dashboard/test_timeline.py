"""What the history says of evidence: only a page that was fetched is called archived."""

from datetime import UTC, datetime

import pytest

from dashboard.timeline import _evidence
from models import Evidence, Person
from models.words import EvidenceKind, EvidenceState
from settings.texts import Texts

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)


def evidence(**given):
    person = Person(name="Kim", created_at=NOW)
    return Evidence(claim=None, person=person, kind=EvidenceKind.REPORT, added_at=NOW, **given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"note": "Seite 12: 18 Mio.", "state": EvidenceState.ARCHIVED}, "text kept as pasted"),
        (
            {"note": "Seite 12", "address": "https://example.org/a", "state": EvidenceState.ARCHIVED},
            "the page itself is not archived",
        ),
        ({"address": "https://example.org/a", "state": EvidenceState.PENDING}, "waiting to be archived"),
    ],
)
def test_a_pasted_text_is_never_called_an_archived_page(given, said):
    details = _evidence(evidence(**given), Texts("en")).details
    assert said in details
