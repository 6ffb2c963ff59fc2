"""The layout holds: imports go downward, and nothing hides a package."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"settings", "models", "claims", "scrapers", "notifications", "jobs", "dashboard", "cli"}


def test_imports_go_downward_only():
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout[-2000:]


def test_no_folder_of_tests_is_a_package():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_file_of_the_dashboard_is_named_like_a_package():
    assert {path.stem for path in (ROOT / "dashboard").glob("*.py")} & PACKAGES == set()
    assert not (ROOT / "dashboard" / "pages").exists()


def test_no_other_packages_stand_at_the_top():
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} == PACKAGES


def test_no_markup_is_let_through_unescaped():
    for file in (ROOT / "dashboard").rglob("*.py"):
        assert "unsafe_allow" not in file.read_text(encoding="utf-8"), file


def test_lint_and_format_hold():
    for command in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        run = subprocess.run(
            [Path(sys.executable).parent / "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout[-3000:]


def test_types_hold():
    run = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:]


def test_the_display_threshold_is_the_same_everywhere():
    import claims
    from models import words

    assert claims.DISPLAY_THRESHOLD == words.DISPLAY_THRESHOLD
