"""Whether two claims are the same one, and whether money was announced again. Pure: texts and facts in, an answer out.

It stands here and not in `claims` because the queries ask it, and they know nothing above `models`.
"""

from models.repeats.announced import Announced, Appeared, announced
from models.repeats.compare import Comparison, Difference, MoneyAgain, Said, compare
from models.repeats.words import content_words, patterns

__all__ = [
    "Announced",
    "Appeared",
    "Comparison",
    "Difference",
    "MoneyAgain",
    "Said",
    "announced",
    "compare",
    "content_words",
    "patterns",
]
