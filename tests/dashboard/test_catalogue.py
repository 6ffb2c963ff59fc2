"""Every English text that is shown has a German one, with the same fields."""

import ast
import re
from pathlib import Path

from settings.texts import load_catalogue

ROOT = Path(__file__).resolve().parents[2]


def shown_texts():
    for package in ("models", "dashboard", "notifications", "jobs", "cli"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                    if name in {"t", "marked"} and texts:
                        yield texts[0]
                    elif name == "count" and len(texts) == 2:
                        yield (texts[0], texts[1])


def test_every_text_has_a_german_one():
    german = {message.id: message.string for message in load_catalogue("de") if message.id}
    missing = [text for text in shown_texts() if not all(german.get(text, "") or [""])]
    assert missing == []


def test_no_german_text_is_left_over():
    assert {message.id for message in load_catalogue("de") if message.id} == set(shown_texts())


def test_german_texts_have_the_same_fields():
    def fields(text):
        return set(re.findall(r"{(\w+)}", " ".join(text) if isinstance(text, tuple) else text))

    wrong = [message.id for message in load_catalogue("de") if message.id and fields(message.id) != fields(message.string)]
    assert wrong == []
