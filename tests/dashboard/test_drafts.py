import os
from datetime import date
from time import time

from dashboard.drafts import KEPT, Draft, drop_draft, keep_draft, load_draft

KIM, TONI = "Kim Beispiel", "../Toni"


def test_a_draft_comes_back_as_it_was_typed(tmp_path):
    keep_draft(
        tmp_path / "drafts", KIM, 7, "judge", Draft(3, {"reason": "„Steht“ <b>da</b>\n", "day": date(2026, 2, 28), "low": 1.5})
    )
    draft = load_draft(tmp_path / "drafts", KIM, 7, "judge")
    assert draft == Draft(3, {"reason": "„Steht“ <b>da</b>\n", "day": "2026-02-28", "low": 1.5})


def test_drafts_of_other_people_claims_and_forms_are_others(tmp_path):
    keep_draft(tmp_path, KIM, 7, "judge", Draft(1, {"reason": "a"}))
    keep_draft(tmp_path, TONI, 7, "judge", Draft(1, {"reason": "b"}))
    assert load_draft(tmp_path, KIM, 7, "judge").fields == {"reason": "a"}
    assert load_draft(tmp_path, TONI, 7, "judge").fields == {"reason": "b"}
    assert load_draft(tmp_path, KIM, 8, "judge") is None
    assert load_draft(tmp_path, KIM, 7, "dispute") is None
    assert {file.parent for file in tmp_path.iterdir()} == {tmp_path}


def test_a_damaged_draft_counts_as_none(tmp_path):
    keep_draft(tmp_path, KIM, 7, "judge", Draft(1, {"reason": "a"}))
    (file,) = tmp_path.iterdir()
    for words in ("", "{", "[]", '{"revision": "x", "fields": {}}'):
        file.write_text(words)
        assert load_draft(tmp_path, KIM, 7, "judge") is None


def test_dropping_a_draft_throws_old_ones_away_as_well(tmp_path):
    for claim_id in (1, 2, 3):
        keep_draft(tmp_path, KIM, claim_id, "judge", Draft(1, {}))
    old = sorted(tmp_path.iterdir())
    keep_draft(tmp_path, KIM, 4, "judge", Draft(1, {}))
    long_ago = time() - KEPT.total_seconds() - 60
    for file in old:
        os.utime(file, (long_ago, long_ago))
    drop_draft(tmp_path, KIM, 1, "judge")
    assert len(list(tmp_path.iterdir())) == 1
    assert load_draft(tmp_path, KIM, 4, "judge") is not None
