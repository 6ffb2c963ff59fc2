"""The clock: what is done when, and how the steps of a release are strung together."""
