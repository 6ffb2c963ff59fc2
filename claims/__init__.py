"""The reading mind: German text in, checkable claims out.

Pure: no network, no database, no clock; the release's day is an argument.
"""

from claims.find import DISPLAY_THRESHOLD, MINIMUM_SCORE, RULES_VERSION, find_claims
from claims.finding import Finding, Ranking, Reason

__all__ = ["DISPLAY_THRESHOLD", "MINIMUM_SCORE", "RULES_VERSION", "Finding", "Ranking", "Reason", "find_claims"]
