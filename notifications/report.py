"""The morning's message about the health of the sources: one for all of them, the broken first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.health import TROUBLED
from models.health_words import cadence_in_words, reason_of
from models.queries import HealthRow
from models.words import SourceHealth
from notifications.messages import Message, Part, compose
from settings.config import Settings
from settings.texts import Texts, texts_in


@dataclass(frozen=True)
class Morning:
    """What there is to say one morning: all sources, and those that were not collected when they should have been."""

    rows: Sequence[HealthRow]
    not_collected: Sequence[HealthRow]

    def of(self, health: SourceHealth) -> list[HealthRow]:
        """The sources in one state that nobody took note of."""
        return [row for row in self.rows if row.health is health and not (health in TROUBLED and row.acknowledged)]

    @property
    def recovered(self) -> list[HealthRow]:
        """Those that are well again."""
        return [row for row in self.rows if row.health is SourceHealth.OK and row.before in TROUBLED]

    @property
    def acknowledged(self) -> list[HealthRow]:
        """Those whose trouble somebody took note of."""
        return [row for row in self.rows if row.health in TROUBLED and row.acknowledged]


def report_message(morning: Morning, settings: Settings) -> Message:
    """One morning's report."""
    t = texts_in(settings.language, settings.timezone)
    parts: list[Part] = []
    heads: list[str] = []
    for health in (SourceHealth.BROKEN, SourceHealth.FAILING, SourceHealth.QUIET):
        rows = morning.of(health)
        if rows:
            heads.append(_count(health, len(rows), t))
            parts += [Part(heads[-1], strong=True), *(_part(row, t, settings) for row in rows)]
    if morning.not_collected:
        words = t.count("{n} source was not collected", "{n} sources were not collected", len(morning.not_collected))
        heads.append(words)
        parts += [Part(words, strong=True), Part(", ".join(row.name for row in morning.not_collected))]
    if morning.recovered:
        words = t.count("{n} source is well again", "{n} sources are well again", len(morning.recovered))
        heads.append(words)
        parts += [Part(words, strong=True), Part(", ".join(row.name for row in morning.recovered))]
    parts.append(Part(_summary(morning, t)))
    parts.append(Part(t("Open the sources"), f"{settings.public_url}/sources"))
    return compose(settings, ", ".join(heads) or t("All sources are well"), parts, _data(morning))


def _count(health: SourceHealth, n: int, t: Texts) -> str:
    return {
        SourceHealth.BROKEN: t.count("{n} source is broken", "{n} sources are broken", n),
        SourceHealth.FAILING: t.count("{n} source fails", "{n} sources fail", n),
        SourceHealth.QUIET: t.count("{n} source is quiet", "{n} sources are quiet", n),
    }[health]


def _part(row: HealthRow, t: Texts, settings: Settings) -> Part:
    was = row.before or SourceHealth.NEW
    news = f"[{t('new')}] " if row.health is not was else ""
    since = t("since {moment}", moment=t.moment(row.since)) if row.since and row.health is SourceHealth.QUIET else ""
    facts = [reason_of(row, t), since, cadence_in_words(row, t) if row.health is not SourceHealth.QUIET else ""]
    words = f"{news}{row.name}, {row.parliament}: {' · '.join(fact for fact in facts if fact)}"
    return Part(words, f"{settings.public_url}/sources?source={row.key}")


def _summary(morning: Morning, t: Texts) -> str:
    well, paused = len(morning.of(SourceHealth.OK)), len(morning.of(SourceHealth.PAUSED))
    said = [t("{well} of {all} sources are well.", well=t.number(well), all=t.number(len(morning.rows)))]
    if paused:
        said.append(t.count("{n} is paused.", "{n} are paused.", paused))
    if morning.acknowledged:
        n = len(morning.acknowledged)
        said.append(t.count("The trouble of {n} is known.", "The trouble of {n} is known.", n))
    return " ".join(said)


def _data(morning: Morning) -> dict[str, Any]:
    return {
        "sources": [
            {
                "key": row.key,
                "health": row.health.value,
                "before": row.before.value if row.before else None,
                "since": row.since.isoformat() if row.since else None,
                "trouble": row.trouble,
                "newest_on": row.newest_on.isoformat() if row.newest_on else None,
                "acknowledged": row.acknowledged,
            }
            for row in morning.rows
            if row.health in TROUBLED or row in morning.recovered
        ],
        "not_collected": [row.key for row in morning.not_collected],
        "well": len(morning.of(SourceHealth.OK)),
        "all": len(morning.rows),
    }
