"""What we know: the database's tables as dataclasses, one door for reading (`queries`) and one for writing (`actions`)."""

from models.base import Base
from models.claim import Appearance, Claim, Finding
from models.engine import Database, DatabaseError
from models.faction import Faction, FactionRole, Speaker
from models.follow_up import FollowUp
from models.indicator import Indicator, Observation
from models.learned import LearnedModel, LearnedScore, LearnedWeight
from models.methodology import Methodology
from models.notice import Notice
from models.person import Person, ReadMark
from models.pulse import DataVersion, Heartbeat
from models.release import Change, Release, ReleaseVersion, release_faction
from models.request import Request
from models.review import Decision, Dispute, Evidence, Review
from models.run import Issue, Run
from models.search.entry import SearchEntry
from models.snapshot import Body, Snapshot
from models.source_state import HealthChange, SourceState

__all__ = [
    "Appearance",
    "Base",
    "Body",
    "Change",
    "Claim",
    "DataVersion",
    "Database",
    "DatabaseError",
    "Decision",
    "Dispute",
    "Evidence",
    "Faction",
    "FactionRole",
    "Finding",
    "FollowUp",
    "HealthChange",
    "Heartbeat",
    "Indicator",
    "Issue",
    "LearnedModel",
    "LearnedScore",
    "LearnedWeight",
    "Methodology",
    "Notice",
    "Observation",
    "Person",
    "ReadMark",
    "Release",
    "ReleaseVersion",
    "Request",
    "Review",
    "Run",
    "SearchEntry",
    "Snapshot",
    "SourceState",
    "Speaker",
    "release_faction",
]
