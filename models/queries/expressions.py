"""SQL for what lists and charts call a claim's kind, status and deadline."""

from sqlalchemy import String, and_, case, cast, func, or_

from models.claim import Claim, Finding
from models.words import DISPLAY_THRESHOLD, Stage

claim_kind = func.coalesce(cast(Claim.decided_kind, String), cast(Finding.kind, String)).label("kind")
claim_deadline = func.coalesce(Claim.decided_deadline, Finding.deadline).label("deadline")

# One word for lists and charts: disputed if the flag is raised, else the judgment if tracked, else the stage.
claim_status = case(
    (Claim.disputed, "disputed"),
    (Claim.stage == Stage.TRACKED, func.coalesce(cast(Claim.fulfillment, String), cast(Claim.verdict, String))),
    else_=cast(Claim.stage, String),
).label("status")

# What the desk sees: candidates from the display threshold on, and everything a person took up.
is_shown = and_(Finding.current, or_(Claim.stage != Stage.CANDIDATE, Finding.score >= DISPLAY_THRESHOLD))
is_shown_and_kept = and_(is_shown, Claim.stage != Stage.DISMISSED)
