"""What the documents say is true."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from cli.main import app
from settings.config import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document):
    for name in re.findall(r"`((?:settings|models|claims|scrapers|notifications|jobs|dashboard|cli|tests|docs)/[\w./-]+)`", document.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


def test_every_setting_is_explained():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`BEIMWORT_{name.upper()}`" in text
        assert field.description
        assert field.description in text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(document):
    root = get_command(app)
    for line in re.findall(r"(?:`|bin/)beimwort ([a-z]+(?: [a-z]+)?)", document.read_text(encoding="utf-8")):
        first, *rest = line.split()
        assert first in root.commands, line
        if rest and hasattr(root.commands[first], "commands"):
            assert rest[0] in root.commands[first].commands, line


def test_the_make_targets_of_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert f"\n{target}:" in makefile, target
