"""What was changed in a text: word by word, each changed stretch weighed."""

from claims.edits.weigh import GRAVE, LIGHT, Edit, Stretch, Touch, weigh

__all__ = ["GRAVE", "LIGHT", "Edit", "Stretch", "Touch", "weigh"]
