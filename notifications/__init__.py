"""The voice: what people are told, and the ways it goes."""
