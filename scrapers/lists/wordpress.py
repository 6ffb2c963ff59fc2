"""The REST interface of WordPress (`/wp-json/wp/v2/posts`): address, day and title of each post, and how many pages there are."""

from dataclasses import replace

from scrapers.lists.declared import ListDeclaration
from scrapers.lists.entries import ListPage, ServedList, list_page, require
from scrapers.lists.load_more import parsed, plain, text_at
from scrapers.page import SelectorError

BEYOND = b"rest_post_invalid_page_number"  # the code of the answer to a page after the last


def read_wordpress(served: ServedList, declared: ListDeclaration) -> ListPage:
    """The entries of a page of posts. Raises `SelectorError`, also for an answer that is an error of the interface."""
    posts = parsed(served)
    if not isinstance(posts, list):
        said = text_at(posts, "code") or "no list of posts"
        raise SelectorError(
            f"The list {served.address} names 0 releases: the interface answers {said[:100]!r}. It may be switched off; "
            "correct the declaration."
        )
    found = [
        (text_at(post, "link"), plain(text_at(post, "title.rendered") or text_at(post, "title")), text_at(post, "date"))
        for post in posts
    ]
    page = require(list_page(found, served, declared), served, declared)
    said = served.headers.get("x-wp-totalpages", "")
    return replace(page, last=int(said) if said.isascii() and said.isdecimal() and len(said) < len("1000000") else None)
