"""The text of a page: what general extraction takes for it, without what is furniture, and with a lead that it missed."""

from scrapers.guess.furniture import remove_furniture
from scrapers.guess.labels import ends_text, is_dateline, is_label, is_notice, is_sentence, without_contact
from scrapers.guess.lines import Line, key_of, lines_of
from scrapers.guess.metadata import Metadata
from scrapers.guess.titles import Title
from scrapers.page import Page

PROSE = 60  # characters; shorter lines are headings, labels, or the ends of something
WHOLE_LINE = 30  # letters; a shorter line is one of the text only if it is a line there too
LINKS = 0.5  # share of a line; more leads elsewhere
COVERED = 0.8  # of the letters of a guide, for the lines of the page to be its text
LONG_ENOUGH = 300  # characters of a text said to machines; shorter ones are summaries
REST = 0.4  # share of the prose; more does not stand before the headline or behind the end


def guess_text(page: Page, said: Metadata, title: Title) -> tuple[str, str]:
    """The text, paragraphs apart by blank lines, and what found it. Takes the furniture out of the page."""
    remove_furniture(page, title.heading)
    lines = lines_of(page.first("body"))
    import trafilatura  # noqa: PLC0415  takes a fifth of the start of a child, and most children never need it

    extracted = trafilatura.extract(page.source, include_comments=False) or ""
    guides = [(extracted, "trafilatura")] if extracted else []
    if len(said.body()) >= LONG_ENOUGH:
        guides.insert(0, (said.body(), "json-ld"))
    for guide, origin in guides:
        chosen = _chosen(lines, guide)
        covered = sum(len(lines[place].key) for place in chosen) >= len(key_of(guide)) * COVERED
        if chosen and covered and (text := _finished(lines, chosen, title)):
            return text, origin
    if guides:
        return guides[-1]
    prose = {place for place, line in enumerate(lines) if _is_prose(line)}
    return (_finished(lines, prose, title) if prose else joined(lines)), "lines"


def _finished(lines: list[Line], chosen: set[int], title: Title) -> str:
    return joined(without_contact(_without_tails(_of_text(lines, chosen, title))))


def joined(lines: list[Line]) -> str:
    """Blocks apart by a blank line, lines of one block and items of a list by a line break."""
    parts: list[str] = []
    before: Line | None = None
    for line in lines:
        new = before is None or line.block != before.block
        if before is not None:
            parts.append("\n" if not new or (line.is_item and before.is_item) else "\n\n")
        parts.append(f"- {line.text}" if line.is_item and new else line.text)
        before = line
    return "".join(parts)


def _chosen(lines: list[Line], guide: str) -> set[int]:
    """The places of the lines that a guide holds: short ones as a line or a cell of a table, long ones anywhere."""
    whole = {key_of(cell) for line in guide.split("\n") for cell in (line, *line.split("|"))}
    everything = f" {key_of(guide)} "
    return {
        place
        for place, line in enumerate(lines)
        if line.key and (line.key in whole or (len(line.key) >= WHOLE_LINE and f" {line.key} " in everything))
    }


def _of_text(lines: list[Line], chosen: set[int], title: Title) -> list[Line]:
    """The chosen lines behind the headline with what was missed among them, without headline and labels."""
    prose = [place for place in sorted(chosen) if _is_prose(lines[place])]
    first, last = (prose[0], prose[-1]) if prose else (min(chosen), max(chosen))
    shown, key = title.places(lines), key_of(title.text)
    titles = shown | {place for place, line in enumerate(lines) if line.key == key}
    heads = [place for place in titles if place < last and (place <= first or place in shown)]
    before = sum(len(lines[place].text) for place in prose if heads and place < max(heads))
    # A headline behind much of the prose is that of something else.
    begin = max(heads) if heads and before <= REST * sum(len(lines[place].text) for place in prose) else min(chosen)
    homes = {lines[place].block.parent for place in prose}
    leads = {place for place in range(begin, first) if _is_lead(lines[place])}
    missed = {place for place in range(first, last) if not lines[place].linked and lines[place].block.parent in homes}
    return [
        lines[place]
        for place in sorted((chosen | leads | missed) - titles)
        if place >= begin
        and not is_label(lines[place])
        and not (place < first and (_is_linked(lines[place]) or is_dateline(lines[place])))
    ]


def _is_prose(line: Line) -> bool:
    return len(line.text) >= PROSE and not _is_linked(line)


def _is_linked(line: Line) -> bool:
    return line.linked > len(line.text) * LINKS


def _is_lead(line: Line) -> bool:
    return _is_prose(line) and is_sentence(line.text) and not is_notice(line.text)


def _without_tails(lines: list[Line]) -> list[Line]:
    """Lines up to what follows the text; such a part in the middle of it goes alone, up to the next heading."""
    everything = sum(len(line.text) for line in lines if _is_prose(line))
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        after = place + 1
        if ends_text(lines[place]):
            while after < len(lines) and not (lines[after].is_heading and not ends_text(lines[after])):
                after += 1
            # Too much to be beside the text: only the label goes.
            if sum(len(line.text) for line in lines[place + 1 : after] if _is_prose(line)) > REST * everything:
                after = place + 1
        else:
            kept.append(lines[place])
        place = after
    return kept
