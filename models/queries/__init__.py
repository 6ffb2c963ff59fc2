"""The one door for reading. Each function takes an open `Database.reading()` session and gives plain rows."""

from models.queries.claims import (
    PAGE_SIZE,
    Choices,
    ClaimFilter,
    ClaimRow,
    claim_for_page,
    claim_rows,
    count_claims,
    filter_choices,
    release_for_page,
)
from models.queries.due import DueRow, due_rows
from models.queries.inbox import InboxRow, count_unread, inbox_rows, release_ids
from models.queries.overview import (
    FactionCount,
    MonthCount,
    Totals,
    YearAmount,
    claims_by_faction,
    claims_by_month,
    pledged_by_year,
    releases_by_month,
    totals,
)
from models.queries.played import any_address, claim_quoted, days_of, was_decided
from models.queries.pulse import Health, count_notices, data_version, health, people
from models.queries.series import SeriesValue, deportations_by_land
from models.queries.sources import (
    SourceRow,
    baseline_counts,
    baseline_is_open,
    due_releases,
    known_addresses,
    recent_issues,
    source_rows,
)

__all__ = [
    "PAGE_SIZE",
    "Choices",
    "ClaimFilter",
    "ClaimRow",
    "DueRow",
    "FactionCount",
    "Health",
    "InboxRow",
    "MonthCount",
    "SeriesValue",
    "SourceRow",
    "Totals",
    "YearAmount",
    "any_address",
    "baseline_counts",
    "baseline_is_open",
    "claim_for_page",
    "claim_quoted",
    "claim_rows",
    "claims_by_faction",
    "claims_by_month",
    "count_claims",
    "count_notices",
    "count_unread",
    "data_version",
    "days_of",
    "deportations_by_land",
    "due_releases",
    "due_rows",
    "filter_choices",
    "health",
    "inbox_rows",
    "known_addresses",
    "people",
    "pledged_by_year",
    "recent_issues",
    "release_for_page",
    "release_ids",
    "releases_by_month",
    "source_rows",
    "totals",
    "was_decided",
]
