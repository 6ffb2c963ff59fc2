"""The demo: an openly invented press site on loopback, played through years by the same jobs and actions as the real thing."""
