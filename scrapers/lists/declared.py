"""What a `[[list]]` of a declaration may say, by the kind of the list."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from scrapers.checked import AddressPattern, Selector, Strict, WebAddress

PLACES = ("{page}", "{offset}")  # where an address or a form bears the number of a page or of an entry
# The keys of each kind beside kind, address, match and min_items.
KEYS: Mapping[str, frozenset[str]] = {
    "html": frozenset({"item", "next", "pages", "first_page"}),
    "feed": frozenset({"pages", "first_page"}),
    "sitemap": frozenset({"parts"}),
    "wordpress": frozenset({"first_page"}),
    "json": frozenset({"first_page", "step", "form", "items", "item", "link", "title", "date"}),
}
COMMON = frozenset({"kind", "address", "match", "min_items"})


class ListDeclaration(Strict):
    """Where a source lists its releases and how to read that list.

    `address` is the list's first page. It goes on by a link (`next`), by numbered addresses (`pages`, also relative to
    `address`), or, for `wordpress` and `json`, by `{page}` or `{offset}` in `address` or `form`.
    """

    kind: Literal["html", "feed", "sitemap", "wordpress", "json"] = "html"
    address: WebAddress
    item: Selector = Field(default="", description="CSS selector of the links to releases (html; json whose items are HTML)")
    next: Selector = Field(default="", description="CSS selector of the link to the next page (html)")
    pages: str = Field(default="", description="Address of the further pages, with {page} (html, feed)")
    first_page: int = Field(default=1, ge=0, description="Number that the first page has where pages are numbered")
    step: int = Field(default=0, ge=0, description="By how much {offset} grows with a page; 0: by the entries it had (json)")
    form: dict[str, str | int] = Field(default_factory=dict, description="Fields that are sent by POST, may hold {page} (json)")
    items: str = Field(default="", description="Dotted path to the entries, or to one or many texts of HTML (json)")
    link: str = Field(default="", description="Dotted path to the address in an entry (json)")
    title: str = Field(default="", description="Dotted path to the title in an entry (json)")
    date: str = Field(default="", description="Dotted path to the day in an entry (json)")
    match: AddressPattern = Field(default="", description="Only addresses like this: wildcards or a regular expression")
    parts: AddressPattern = Field(default="", description="Of an index only sitemaps with addresses like this (sitemap)")
    min_items: int = Field(default=1, ge=1, description="Fewer items on the first page are a failure")

    @field_validator("pages")
    @classmethod
    def _has_a_number(cls, value: str) -> str:
        if value and "{page}" not in value:
            raise ValueError(f"{value!r} says nowhere {{page}}, the number of the page")
        return value

    @model_validator(mode="after")
    def _keys_fit_the_kind(self) -> Self:
        fitting = KEYS[self.kind]
        if strange := sorted(self.model_fields_set - fitting - COMMON):
            known = ", ".join(sorted(fitting)) or "none"
            raise ValueError(f"`{strange[0]}` says nothing of a list of kind {self.kind}; its own keys are: {known}")
        if self.kind == "html" and not self.item:
            raise ValueError("`item` is missing, the CSS selector of the links to releases")
        if self.next and self.pages:
            raise ValueError("`next` and `pages` are two ways to go on; declare one")
        if self.kind == "json" and bool(self.item) == bool(self.link):
            raise ValueError("declare either `link`, the path to the address in an entry, or `item`, the CSS selector in HTML")
        if self.kind not in {"wordpress", "json"} and any(place in self.address for place in PLACES):
            raise ValueError("`address` is the first page itself; the address with {page} is declared as `pages`")
        return self

    @property
    def has_places(self) -> bool:
        """Whether address or form bear the number of a page or an entry."""
        said = "\n".join([self.address, *map(str, self.form.values())])
        return any(place in said for place in PLACES)

    @property
    def is_numbered(self) -> bool:
        """Whether it goes on by numbers, so that only asking shows where it ends."""
        return bool(self.pages) or self.has_places

    @property
    def goes_on(self) -> bool:
        """Whether it may have more than one page."""
        return self.is_numbered or bool(self.next) or self.kind == "sitemap"
