"""SQL for what lists and charts call a claim's kind, status and deadline."""

from sqlalchemy import String, and_, case, cast, func, or_

from models.claim import Claim, Finding
from models.words import DISPLAY_THRESHOLD, Stage

claim_kind = func.coalesce(cast(Claim.decided_kind, String), cast(Finding.kind, String)).label("kind")
claim_deadline = case(
    (Claim.without.contains("deadline"), None), else_=func.coalesce(Claim.decided_deadline, Finding.deadline)
).label("deadline")
claim_topic = case((Claim.without.contains("topic"), None), else_=func.coalesce(Claim.decided_topic, Finding.topic)).label(
    "topic"
)

claim_speaker_id = case(
    (Claim.without.contains("speaker"), None), else_=func.coalesce(Claim.decided_speaker_id, Finding.speaker_id)
)
claim_amount_max = case(
    (Claim.without.contains("amount"), None),
    (Claim.decided_amount_min.is_not(None) | Claim.decided_amount_max.is_not(None), Claim.decided_amount_max),
    else_=Finding.amount_max_eur,
)
# An extension moves the last day, not the deadline.
claim_last_day = func.coalesce(Claim.extended_until, claim_deadline)

# One word for lists and charts: disputed if the flag is raised, else the judgment if tracked, else the stage.
claim_status = case(
    (Claim.disputed, "disputed"),
    (Claim.stage == Stage.TRACKED, func.coalesce(cast(Claim.fulfillment, String), cast(Claim.verdict, String))),
    else_=cast(Claim.stage, String),
).label("status")

# What the desk sees: candidates from the display threshold on, and everything a person took up.
is_shown = and_(Finding.current, or_(Claim.stage != Stage.CANDIDATE, Finding.score >= DISPLAY_THRESHOLD))
is_shown_and_kept = and_(is_shown, Claim.stage != Stage.DISMISSED)
