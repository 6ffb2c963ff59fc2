"""The words the rules know: classes of words and of verb forms, each a bit, so that a sentence is tested by a few comparisons.

`words.csv` lists classes with their words (`*quote` stands for every word that ends so, `rekord*` for every word that begins so),
`verbs.csv` lists verbs by what a politician does with them, `strong.csv` the principal parts that cannot be computed. A verb class
`give` yields `give` (any form) and `give.inf`, `give.fin`, `give.pret`, `give.part`, `give.zu`, `give.konj`, `give.adj`.
"""

from claims.lexicon.lexicon import Lexicon, shipped_lexicon

__all__ = ["Lexicon", "shipped_lexicon"]
