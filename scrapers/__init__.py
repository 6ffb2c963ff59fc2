"""The hands: declared sources, fetching, and reading pages. Nothing here knows what a claim is."""
