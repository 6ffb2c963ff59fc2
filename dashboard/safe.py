"""The one way for foreign text into HTML. Pages never write markup around a value that did not come through here."""

from html import escape

from dashboard.labels import STATUS_COLOURS, status_label
from settings.texts import Texts


def text(value: object) -> str:
    """Any text, escaped."""
    return escape(str(value), quote=True)


def web_link(address: str | None, words: str, *, new_tab: bool = True) -> str:
    """A link to a web address; any other scheme stays plain text."""
    if address is None or not address.startswith(("http://", "https://")):
        return text(words)
    tab = ' target="_blank" rel="noopener noreferrer"' if new_tab else ""
    return f'<a href="{text(address)}"{tab}>{text(words)}</a>'


def badge(status: str, t: Texts) -> str:
    """A status with its colour, the same everywhere."""
    return f'<span class="bw-badge"><i style="background:{STATUS_COLOURS[status]}"></i>{text(status_label(status, t))}</span>'


def chip(words: str) -> str:
    """A small fact."""
    return f'<span class="bw-chip">{text(words)}</span>'
