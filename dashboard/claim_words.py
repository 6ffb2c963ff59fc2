"""What a claim's page says of it beside the quotation: facts with the finding they correct, disputes, repetitions. HTML."""

from collections.abc import Sequence
from datetime import date

from dashboard import safe, state
from dashboard.facts import amount_words, deadline_words, facts_html
from dashboard.labels import DEADLINE_STATES, KINDS, SIDES, WHYS, topic_label
from models import Claim, Dispute
from models.days import day_of
from models.deadlines import deadline_state
from models.queries import Repetition
from settings.texts import Texts


def claim_facts_html(claim: Claim, today: date, t: Texts) -> str:
    """What holds of a claim; what a person corrected names the machine's finding beside it."""
    found = claim.found
    amount = amount_words(*claim.amount, t, per_year=found.per_year)
    found_amount = amount_words(found.amount_min_eur, found.amount_max_eur, t, per_year=found.per_year)
    clock = deadline_state(claim.deadline, claim.fulfillment, today, extended_until=claim.extended_until)
    stand = t(DEADLINE_STATES[clock.value])
    deadline = deadline_words(claim.deadline, None if claim.is_without("deadline") else found.deadline_phrase, stand, t)
    if claim.extended_until:
        deadline = f"{deadline} · {t('extended until {day}', day=t.day(claim.extended_until))}"
    side = t(SIDES[found.claimant_side.value]) if found.claimant_side else None
    named = claim.speaker.name if claim.speaker else t("the faction")
    named_before = found.speaker.name if found.speaker else t("the faction")
    appointment = next((f for f in claim.follow_ups if f.done_at is None), None)
    return facts_html(
        {
            t("Kind"): _corrected(t(KINDS[claim.kind.value]), t(KINDS[found.kind.value]), t),
            t("Speaker"): _corrected(named, named_before, t),
            t("Faction"): " · ".join(x for x in (found.speaker_faction, side) if x),
            t("Amount"): _corrected(amount, found_amount, t),
            t("Deadline"): _corrected(deadline, t.day(found.deadline) if found.deadline else None, t)
            if claim.deadline != found.deadline
            else deadline,
            t("Topic"): _corrected(topic_label(claim.topic, t), topic_label(found.topic, t), t),
            t("With whom"): claim.assignee.name if claim.assignee else None,
            t("Next look"): f"{t.day(appointment.due_on)} ({t(WHYS[appointment.rule.value])})" if appointment else None,
        }
    )


def _corrected(now: str | None, found: str | None, t: Texts) -> str | None:
    if (now or "") == (found or ""):
        return now
    return f"{now or '–'} ({t('found: {value}', value=found or '–')})"


def disputes_html(claim: Claim, t: Texts) -> str:
    """Both positions of each dispute, the newest on top; those raised by mistake are left to the history."""
    return "".join(_dispute_html(raised, t) for raised in reversed(claim.disputes) if not raised.withdrawn)


def _dispute_html(raised: Dispute, t: Texts) -> str:
    rows = {
        raised.objector or t("the desk"): raised.ground,
        t("Our position"): raised.position or t("not yet written"),
        t("Reply asked on"): t.day(raised.reply_asked_on) if raised.reply_asked_on else t("not asked yet"),
        t("Reply received on"): t.day(raised.reply_received_on) if raised.reply_received_on else None,
        t("Reply"): raised.reply,
        t("How it ended"): raised.resolution,
    }
    words = "".join(f"<dt>{safe.text(name)}</dt><dd>{safe.text(value)}</dd>" for name, value in rows.items() if value)
    since = t("Disputed since {day}", day=t.day(day_of(raised.raised_at)))
    return f'<div class="bw-dispute"><b>{safe.text(since)}</b><dl>{words}</dl></div>'


def also_html(claim: Claim, repeated: Sequence[Repetition], t: Texts) -> str:
    """Where else it was said: the known claim that it repeats, and those that repeat it."""
    rows = [_also(row.id, row.quote, t.day(row.published_on) if row.published_on else "") for row in repeated]
    if claim.same_as is not None:
        rows.insert(0, _also(claim.same_as.id, claim.same_as.quote, t("this claim repeats it")))
    return "".join(rows)


def _also(claim_id: int, quote: str, meta: str) -> str:
    return (
        f'<div class="bw-row"><div class="bw-grow"><a href="{safe.text(state.link("claim", id=claim_id))}" target="_self">'
        f'<div class="bw-quote">„{safe.text(quote)}“</div></a><div class="bw-meta">{safe.text(meta)}</div></div></div>'
    )
