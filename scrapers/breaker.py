"""The breaker of one host: after several failures in a row it is left alone, each time longer, until one probe works."""

from dataclasses import dataclass

FAILURES = 3  # in a row; the collector comes once an hour, so that is a matter of hours
FIRST_REST = 300.0  # seconds
LONGEST_REST = 6 * 3600.0  # seconds; a host that is back is found within a working day


@dataclass(slots=True)
class Breaker:
    """Counts failures; the clock is an argument. Once the rest is over, the next request is the probe."""

    limit: int = FAILURES
    first_rest: float = FIRST_REST
    longest_rest: float = LONGEST_REST
    failures: int = 0
    until: float = 0.0
    reason: str = ""

    def rest(self, now: float) -> float:
        """For how many more seconds nothing may be asked; 0 if the host may be asked."""
        return max(0.0, self.until - now) if self.failures >= self.limit else 0.0

    def failed(self, now: float, reason: str) -> None:
        """Count a failure; the rest doubles with each probe that fails."""
        self.failures, self.reason = self.failures + 1, reason
        # The exponent is bounded: a host that is away for years must not make a number nobody can hold.
        self.until = now + min(self.first_rest * 2.0 ** min(max(self.failures - self.limit, 0), 30), self.longest_rest)

    def worked(self) -> None:
        """The host answered: everything before is forgotten."""
        self.failures, self.until, self.reason = 0, 0.0, ""
