"""From a release's text to its statements: cleaned, told apart from headings and contacts, cut into sentences."""
