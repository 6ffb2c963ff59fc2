"""A short form of the edit drill; `tests/drills/edits.py` plays all its cases."""

import importlib.util
import sys
from pathlib import Path

DRILL = Path(__file__).resolve().parent.parent / "drills" / "edits.py"
SHORT = {"A-B-A", "white space only", "a claim taken out", "reader improved, page edited", "relaunch to the home page"}


def load_drill():
    spec = importlib.util.spec_from_file_location("edit_drill", DRILL)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_edit_gives_its_event_and_weight_and_brings_back_the_claims_concerned(tmp_path):
    drill = load_drill()
    played = list(drill.drill([case for case in drill.CASES if case.name in SHORT], tmp_path))
    assert len(played) == len(SHORT)
    assert [
        (case.name, events, reopened, versions) for case, events, reopened, versions, as_expected in played if not as_expected
    ] == []
