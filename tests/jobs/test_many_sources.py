"""A short form of the drill of 100 sources; `tests/drills/hundred_sources.py` is the long one."""

import importlib.util
import sys
from datetime import timedelta
from pathlib import Path

DRILL = Path(__file__).resolve().parent.parent / "drills" / "hundred_sources.py"
LIMITS = {"fetch_timeout": 2, "fetch_connect_timeout": 1, "fetch_patience": 1, "host_pause": 0}


def load_drill():
    spec = importlib.util.spec_from_file_location("hundred_sources", DRILL)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_sources_that_hang_or_fail_starve_none_of_the_others(tmp_path):
    report = load_drill().drill(tmp_path, sources=20, seconds=9, every=2.5, apart=0.05, **LIMITS)
    assert report.late(timedelta(seconds=2.5)) == []
    assert len(report.healthy) == 12
    assert min(len(report.starts[key]) for key in report.healthy) >= 2
    # The others had their turns too, and each run ended.
    assert {key.split("-")[0] for key, starts in report.starts.items() if len(starts) >= 1} == {
        "healthy",
        "hanging",
        "endless",
        "slow",
        "failing",
    }
