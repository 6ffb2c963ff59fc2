"""A short form of the kill drill; `tests/drills/kill_the_worker.py` is the long one."""

import importlib.util
from pathlib import Path

DRILL = Path(__file__).resolve().parent.parent / "drills" / "kill_the_worker.py"


def load_drill():
    spec = importlib.util.spec_from_file_location("kill_the_worker", DRILL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_killed_worker_ends_as_an_undisturbed_one(tmp_path):
    calm, shaken, hit = load_drill().drill(tmp_path, kills=3, seed=7, until="2020-08-01")
    assert hit > 0
    assert len(calm["releases"]) > 4
    assert calm == shaken
