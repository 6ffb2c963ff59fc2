"""The hand on the switch: the command line."""
