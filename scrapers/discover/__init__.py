"""Finding out how a press page can be collected: pages in, proposals for a declaration out. No network; `jobs.discover` walks."""
