"""Rendering messages: rows and settings in, subject, text, HTML and data out. All foreign text is escaped or made one line."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from models import Change, Claim, FollowUp, Release, SourceState
from models.words import ChangeKind, Kind, Weight
from settings.config import Settings
from settings.texts import Texts, marked, texts_in

SUBJECT_LENGTH = 150

KIND_NAMES = {
    Kind.FUNDING_PLEDGE: marked("Funding pledge"),
    Kind.PLEDGE: marked("Pledge"),
    Kind.RANKING: marked("Ranking"),
    Kind.STATISTIC: marked("Statistic"),
    Kind.PAST_ACTION: marked("Past action"),
}
MOST_STRETCHES = 5  # of an edit that are told; the release's page shows them all
EDITED = {
    None: marked("Edited after publication"),
    Weight.GRAVE: marked("Gravely edited after publication"),
    Weight.LIGHT: marked("Reworded after publication"),
}
EDIT_REASONS = {
    "amount": marked("Amount"),
    "number": marked("Number"),
    "percent": marked("Percentage"),
    "date": marked("Date"),
    "negation": marked("Negation"),
    "name": marked("Name"),
    "wording": marked("Wording"),
    "moved": marked("Moved sentence"),
}


@dataclass(frozen=True)
class Message:
    """What is told, in every form a channel may need."""

    subject: str
    text: str
    html: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A block of a message: a line, a heading, a quotation, or a link with its words."""

    words: str
    link: str = ""
    quote: bool = False
    strong: bool = False


def release_message(release: Release, claims: Sequence[Claim], settings: Settings) -> Message:
    """A new release with the claims found in it."""
    t, version = texts_in(settings.language, settings.timezone), release.current
    who = ", ".join(faction.name for faction in release.factions)
    parts = [
        Part(version.title),
        Part(" · ".join(part for part in (who, release.parliament, _day(release, t)) if part)),
        Part(release.address, release.address),
        Part(t.count("{n} claim found:", "{n} claims found:", len(claims)) if claims else t("No claims found.")),
    ]
    for claim in claims:
        parts += _claim_parts(claim, t, settings)
    parts.append(Part(t("Open the release"), f"{settings.public_url}/release?id={release.id}"))
    return compose(
        settings,
        t("{who}: {title}", who=who, title=version.title),
        parts,
        {"release": _release_data(release), "claims": [_claim_data(claim) for claim in claims]},
    )


def change_message(change: Change, settings: Settings) -> Message:
    """A release that was edited, has disappeared or came back; of an edit its weight and what it changed, the graver first."""
    t, release = texts_in(settings.language, settings.timezone), change.release
    what = {
        ChangeKind.EDITED: t(EDITED[change.weight]),
        ChangeKind.GONE: t("No longer at its address"),
        ChangeKind.BACK: t("Back at its address"),
    }[change.kind]
    parts = [
        Part(f"{what}: {release.current.title}"),
        *_stretch_parts(change, t),
        Part(release.address, release.address),
        Part(t("Compare the versions"), f"{settings.public_url}/release?id={release.id}"),
    ]
    data = {
        "change": change.kind.value,
        "weight": change.weight.value if change.weight else None,
        "stretches": change.stretches[:MOST_STRETCHES],
        "release": _release_data(release),
    }
    return compose(settings, f"{what}: {release.current.title}", parts, data)


def due_message(follow_up: FollowUp, settings: Settings) -> Message:
    """A claim whose appointment has come."""
    t, claim = texts_in(settings.language, settings.timezone), follow_up.claim
    parts = [Part(t("Due on {day}", day=t.day(follow_up.due_on))), *_claim_parts(claim, t, settings)]
    if follow_up.change is not None and follow_up.change.kind is ChangeKind.EDITED:
        parts += [Part(t(EDITED[follow_up.change.weight])), *_stretch_parts(follow_up.change, t)]
    return compose(
        settings,
        t("Due: {quote}", quote=claim.quote),
        parts,
        {"due_on": follow_up.due_on.isoformat(), "rule": follow_up.rule.value, "claim": _claim_data(claim)},
    )


def baseline_message(source: SourceState, releases: int, claims: int, settings: Settings) -> Message:
    """The first run of a source, in one summary."""
    t = texts_in(settings.language, settings.timezone)
    parts = [
        Part(t("First run of {source}: the releases found now are known and are not told singly.", source=source.name)),
        Part(t.count("{n} release", "{n} releases", releases) + ", " + t.count("{n} claim", "{n} claims", claims)),
        Part(t("Open the inbox"), f"{settings.public_url}/inbox"),
    ]
    return compose(
        settings,
        t("New source: {source}", source=source.name),
        parts,
        {"source": source.key, "releases": releases, "claims": claims},
    )


def history_message(source: SourceState, releases: int, claims: int, settings: Settings) -> Message:
    """What a back-fill brought, in one summary."""
    t = texts_in(settings.language, settings.timezone)
    parts = [
        Part(t("Earlier releases of {source} were fetched; they are not told singly.", source=source.name)),
        Part(t.count("{n} release", "{n} releases", releases) + ", " + t.count("{n} claim", "{n} claims", claims)),
        Part(t("Open the inbox"), f"{settings.public_url}/inbox"),
    ]
    return compose(
        settings,
        t("Earlier releases: {source}", source=source.name),
        parts,
        {"source": source.key, "releases": releases, "claims": claims, "history": True},
    )


def one_line(text: str) -> str:
    """A text fit for a subject: one line, no control or direction marks, of bounded length."""
    # Format marks (soft hyphens, direction marks) have no width and go without leaving a gap.
    visible = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text if unicodedata.category(c) not in {"Cf", "Cs"}
    )
    line = " ".join(visible.split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def compose(settings: Settings, subject: str, parts: list[Part], data: dict[str, Any]) -> Message:
    """A message of a subject and its blocks, in every form."""
    lines = [_plain(part) for part in parts]
    blocks = "".join(_html(part) for part in parts)
    return Message(
        subject=one_line(f"[{settings.installation}] {subject}"),
        text="\n\n".join(lines) + "\n",
        html=(
            '<!doctype html><html><body style="margin:0;background:#f4f2ec"><div style="max-width:36rem;margin:0 auto;'
            f'padding:1.5rem;background:#fff;font:16px/1.5 Georgia,serif;color:#1c2430">{blocks}</div></body></html>'
        ),
        data=data,
    )


def _plain(part: Part) -> str:
    if part.quote:
        return f"„{part.words}“"
    return part.words if part.link in {"", part.words} else f"{part.words}: {part.link}"


def _html(part: Part) -> str:
    words = escape(part.words)
    if part.quote:
        return (
            f'<blockquote style="margin:.8rem 0;padding:.2rem 0 .2rem .9rem;border-left:3px solid #b8860b">„{words}“</blockquote>'
        )
    if part.link.startswith(("http://", "https://")):
        return f'<p style="margin:.5rem 0"><a style="color:#1d4e89" href="{escape(part.link)}">{words}</a></p>'
    return f'<p style="margin:.5rem 0">{f"<strong>{words}</strong>" if part.strong else words}</p>'


def _claim_parts(claim: Claim, t: Texts, settings: Settings) -> list[Part]:
    finding = claim.finding or claim.findings[-1]
    amount = finding.amount_max_eur if finding.amount_max_eur is not None else finding.amount_min_eur
    facts = [
        t(KIND_NAMES[claim.kind]),
        finding.speaker.name if finding.speaker else finding.speaker_faction,
        t.euros(amount) if amount is not None else None,
        t("until {day}", day=t.day(claim.deadline)) if claim.deadline else None,
    ]
    return [
        Part(claim.quote, quote=True),
        Part(" · ".join(fact for fact in facts if fact), f"{settings.public_url}/claim?id={claim.id}"),
    ]


def _stretch_parts(change: Change, t: Texts) -> list[Part]:
    """What an edit changed, the graver first: "Amount: 2,5 Mio. Euro → 25 Mio. Euro"."""
    parts = [Part(_stretch(stretch, t)) for stretch in change.stretches[:MOST_STRETCHES]]
    left = len(change.stretches) - len(parts)
    return [*parts, Part(t.count("{n} more place", "{n} more places", left))] if left else parts


def _stretch(stretch: dict[str, Any], t: Texts) -> str:
    reasons = ", ".join(t(EDIT_REASONS[reason]) for reason in stretch["reasons"])
    before, after = one_line(stretch["before"]), one_line(stretch["after"])
    if not before:
        return t("{reason}: put in “{words}”", reason=reasons, words=after)
    if not after:
        return t("{reason}: taken out “{words}”", reason=reasons, words=before)
    return t("{reason}: “{before}” became “{after}”", reason=reasons, before=before, after=after)


def _day(release: Release, t: Texts) -> str:
    return t.day(release.published_on) if release.published_on else ""


def _release_data(release: Release) -> dict[str, Any]:
    return {
        "id": release.id,
        "title": release.current.title,
        "address": release.address,
        "parliament": release.parliament,
        "factions": [faction.name for faction in release.factions],
        "published_on": release.published_on.isoformat() if release.published_on else None,
    }


def _claim_data(claim: Claim) -> dict[str, Any]:
    finding = claim.finding or claim.findings[-1]
    return {
        "id": claim.id,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "score": finding.score,
        "speaker": finding.speaker.name if finding.speaker else None,
        "faction": finding.speaker_faction,
        "amount_min_eur": finding.amount_min_eur,
        "amount_max_eur": finding.amount_max_eur,
        "deadline": claim.deadline.isoformat() if claim.deadline else None,
    }
