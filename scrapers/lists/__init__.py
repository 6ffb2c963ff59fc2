"""The kinds of lists, one module a kind. `scrapers.listing` is the door to them."""
