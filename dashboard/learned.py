"""What the desk's decisions taught, in words: beside a finding's reasons, and as one line above the list of claims. HTML out."""

from dashboard import safe
from dashboard.labels import KINDS, LEARNING_GROUNDS, MODEL_STATES
from dashboard.reasons import WITHOUT_WORDS, chip
from models import Finding, LearnedModel
from models.queries import Learning, ModelRow
from models.queries.learned import MINIMUM_DECISIONS, MINIMUM_OF_EACH
from models.words import ModelState
from settings.texts import Texts


def learned_html(finding: Finding, t: Texts) -> str:
    """The learned score with what moved it most; nothing where the model in force has not seen the finding."""
    learned = finding.learned
    if learned is None:
        return ""
    texts = {reason["cue"]: reason["text"] for reason in finding.reasons}
    chips = "".join(chip(_feature(m["feature"], texts, t), m["weight"], m["feature"], t) for m in learned.moved)
    model: LearnedModel = learned.model
    parts = [
        t(
            "{score} likely to be tracked, as the desk’s decisions taught (version {version})",
            score=t.percent(learned.score),
            version=model.version,
        )
    ]
    if learned.kind is not finding.kind:
        parts.append(t("the desk would call it: {kind}", kind=t(KINDS[learned.kind.value])))
    return f'<div class="bw-meta bw-learned">{safe.text(" · ".join(parts))}</div>{chips}'


def headline(learning: Learning, t: Texts) -> str:
    """One line of our own words: the version in force, or the newest that was not taken, or how many decisions are missing."""
    row = learning.in_force or learning.last
    if row is None and learning.decisions >= MINIMUM_DECISIONS:
        return t(
            "nothing yet: {tracked} tracked and {dismissed} dismissed, it takes {least} of each",
            tracked=t.number(learning.tracked),
            dismissed=t.number(learning.decisions - learning.tracked),
            least=t.number(MINIMUM_OF_EACH),
        )
    if row is None:
        return t("nothing yet, {n} of {minimum} decisions", n=t.number(learning.decisions), minimum=t.number(MINIMUM_DECISIONS))
    return _line(row, t)


def learning_html(learning: Learning, t: Texts) -> str:
    """What the line means, and what became of the newest run."""
    newest = learning.last or learning.in_force
    if newest is None:
        words = t(
            "The worker learns every night from what was tracked and dismissed, from {minimum} decisions on. "
            "So far: {tracked} tracked, {dismissed} dismissed.",
            minimum=t.number(MINIMUM_DECISIONS),
            tracked=t.number(learning.tracked),
            dismissed=t.number(learning.decisions - learning.tracked),
        )
        return f'<div class="bw-meta">{safe.text(words)}</div>'
    meaning = t(
        "Average precision says how far up the list the tracked ones stand, 1 is all on top; it is measured on decisions that "
        "the weights have not seen. What was learned orders candidates; the rules’ own score stays beside it."
    )
    lines = [meaning]
    if newest.state == ModelState.ROLLED_BACK:
        lines.append(f"{_line(newest, t)}: {newest.reason}")
    elif newest.state == ModelState.REJECTED:
        lines.append(f"{_line(newest, t)}: {t(LEARNING_GROUNDS[newest.ground])}")
    if newest.kind_before is not None and newest.kind_after is not None:
        before, after = t.percent(newest.kind_before), t.percent(newest.kind_after)
        lines.append(t("Kinds named rightly: {before} → {after}.", before=before, after=after))
    return "".join(f'<div class="bw-meta">{safe.text(line)}</div>' for line in lines)


def _line(row: ModelRow, t: Texts) -> str:
    before = row.ap_rules if row.ap_before is None else row.ap_before
    precision = t("average precision {before} → {after}", before=t.number(before, 2), after=t.number(row.ap_after, 2))
    version = t("version {version}", version=row.version)
    decisions = t.count("{n} decision", "{n} decisions", row.decisions)
    return " · ".join([version, decisions, f"{precision} (n = {t.number(row.held_out)})", t(MODEL_STATES[row.state])])


def _feature(feature: str, texts: dict[str, str], t: Texts) -> str:
    sort, _, name = feature.partition(":")
    if sort == "kind" and name in KINDS:
        return t(KINDS[name])
    if sort == "cue" and not texts.get(name):
        return t(WITHOUT_WORDS[name]) if name in WITHOUT_WORDS else name
    if sort == "cue":
        return f"„{texts[name]}“"
    return f"„{name}“"
