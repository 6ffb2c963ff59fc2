"""What a source looks like when it is well: the table `[expect]` of its declaration. Everything has a default."""

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from scrapers.page import SelectorError, check_selector

TITLE_FILLED, DATE_FILLED, BODY_FILLED = 0.98, 0.95, 0.95


class Expectation(BaseModel):
    """The contract of a source. Rates are shares of the newest releases, 0 to 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items_at_least: int = Field(default=1, ge=1, description="Releases on the first page of a list")
    items_at_most: int | None = Field(default=None, ge=1, description="More of them are suspect")
    newest_days: int | None = Field(default=None, ge=1, description="The newest release is at most so many days old")
    title: float = Field(default=TITLE_FILLED, ge=0, le=1, description="Share of the releases that have a title")
    date: float | None = Field(default=None, ge=0, le=1, description="A date; by default only where a selector is declared")
    body: float = Field(default=BODY_FILLED, ge=0, le=1, description="A text of enough characters")
    body_characters: int = Field(default=200, ge=1, description="How many characters are enough")
    never: tuple[str, ...] = Field(default=(), description="Phrases that must not occur on the list or in a release")
    canary: str = Field(default="", description="CSS selector of something that every page of the list has")

    @field_validator("canary")
    @classmethod
    def _selector(cls, value: str) -> str:
        if value:
            try:
                check_selector(value)
            except SelectorError as error:
                raise ValueError(f"{value!r} is no CSS selector that is understood") from error
        return value

    @field_validator("never")
    @classmethod
    def _phrases(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(not phrase.strip() for phrase in value):
            raise ValueError("an empty phrase occurs everywhere; leave it out")
        return value

    @model_validator(mode="after")
    def _least_and_most(self) -> "Expectation":
        if self.items_at_most is not None and self.items_at_most < self.items_at_least:
            raise ValueError("items_at_most is less than items_at_least")
        return self

    def phrase_in(self, text: str) -> str | None:
        """The first of the phrases that occurs in a text, whatever its case and white space; None if none does."""
        folded = _folded(text)
        return next((phrase for phrase in self.never if _folded(phrase) in folded), None)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
