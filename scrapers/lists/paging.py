"""How a list goes on: what is asked for its first page and for those after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from scrapers.lists.declared import ListDeclaration
from scrapers.lists.entries import ListPage


@dataclass(frozen=True, slots=True)
class ListRequest:
    """One page of a list to be asked for, with a form by POST; `number` pages and `offset` entries come before it."""

    address: str
    form: str | None = None
    number: int = 0
    offset: int = 0

    @property
    def archived_as(self) -> str:
        """The address under which it is archived: a form stands behind the #, which no server ever sees."""
        return self.address if self.form is None else f"{self.address}#{self.form}"


def first_request(declared: ListDeclaration) -> ListRequest:
    """What is asked for the first page."""
    return _numbered(declared, 0, 0)


def following(declared: ListDeclaration, asked: ListRequest, page: ListPage) -> Iterator[ListRequest]:
    """What is to be asked after a page that was read; nothing where the list ends."""
    number, offset = asked.number + 1, asked.offset + (declared.step or page.found)
    if declared.kind == "sitemap":
        yield from (ListRequest(part, number=number) for part in page.parts)
    elif page.next is not None:
        yield ListRequest(page.next, number=number, offset=offset)
    elif declared.has_places and (page.last is None or declared.first_page + number <= page.last):
        yield _numbered(declared, number, offset)


def page_address(declared: ListDeclaration, number: int) -> str:
    """The address of a page of a list with `pages`, after `number` others."""
    return urljoin(declared.address, declared.pages.replace("{page}", str(declared.first_page + number)))


def _numbered(declared: ListDeclaration, number: int, offset: int) -> ListRequest:
    def filled(text: str) -> str:
        return text.replace("{page}", str(declared.first_page + number)).replace("{offset}", str(offset))

    form = urlencode({name: filled(str(value)) for name, value in declared.form.items()}) if declared.form else None
    return ListRequest(filled(declared.address), form, number, offset)
