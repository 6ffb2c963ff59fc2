"""Handing the archive on and looking after it: export as WARC, and verification of every stored byte."""
