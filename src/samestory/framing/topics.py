"""Topics: nouns that no list holds and that an article keeps coming back to, so that they may name its own matter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from samestory.language.nouns import noun_class, singular, word_set

if TYPE_CHECKING:
    from samestory.language import Parse

NO_TOPICS = word_set("""
    afternoon age amount area aspect beginning bit case center century chance copy cost couple course day decade degree
    detail edge effect end evening example fact feature form front future half hand hour idea inch issue kind level
    life line list look lot manner matter mean middle midnight mile minute moment month morning move name night noon
    number order part past percent period piece place plan point portion position process quarter question range rate
    reason record rest result right role season second sense series set share side sign size sort spot stage stake
    start status step story summer system term thing thousand time today tomorrow tonight total turn type use version
    view way week weekend while winter word work world year yesterday
""")
"""Nouns that stand for measures, times and parts, or for anything."""
MODIFYING = frozenset(("compound", "nmod", "amod", "npadvmod", "det", "nummod", "quantmod", "intj", "dep"))
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
SHARE = 0.4  # of the uses of a noun that must have "the" or a possessor, for it to name one thing
FEWEST_USES = 3  # two where it stands in the opening
OPENING = 3  # sentences


def find_topics(parse: Parse) -> frozenset[str]:
    """The topics of an article, as lemmas: "memo", "hotline", "campaign".

    A noun in company of its own ("the memos") is one where it stands three times, or twice from the opening on, and is
    mostly taken up as known. Nouns that stand inside names or before other nouns do not count.
    """
    uses: Counter[str] = Counter()
    definite: Counter[str] = Counter()
    opening: set[str] = set()
    for token in parse.tokens:
        if token.pos != "NOUN" or token.dep in MODIFYING or token.entity or not token.text.isalpha():
            continue
        word = singular(token.lemma)
        if word in NO_TOPICS or noun_class(word) is not None:
            continue
        uses[word] += 1
        definite[word] += any(c.dep == "poss" or c.text.lower() in DEFINITE for c in parse.children(token.i))
        if token.sentence < OPENING:
            opening.add(word)
    return frozenset(
        word for word, n in uses.items() if n >= FEWEST_USES - (word in opening) and definite[word] >= SHARE * n
    )
