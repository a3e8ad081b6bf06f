"""How things are counted: choices that a researcher could as well have made otherwise (Steegen et al. 2016)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import product

from samestory.messages import no_such
from samestory.tables import CERTAINTY_TYPES

DOUBTS = {
    "hedges": ("hedge",),
    "hedges and evidentials": ("hedge", "evidential"),
    "hedges, inquiries, conditionals": ("hedge", "inquiry", "conditional"),
    "all that is not assurance": tuple(kind for kind in CERTAINTY_TYPES if kind != "booster"),
}
COUNTED, NOT_COUNTED = "counted", "not counted"
WORDS, SENTENCES = "words and mentions", "sentences and distinct"
EVERYWHERE, ONCE = "in every outlet", "once"
AXES: dict[str, tuple[str, ...]] = {
    "headline": (COUNTED, NOT_COUNTED),
    "quotes": (COUNTED, NOT_COUNTED),
    "lexicon": ("hedges", "hedges and evidentials", "hedges, inquiries, conditionals"),
    "denominator": (WORDS, SENTENCES),
    "carried": (NOT_COUNTED, COUNTED),
    "repeats": (NOT_COUNTED, COUNTED),
    "wire": (EVERYWHERE, ONCE),
}  # the options of each choice, the project's own way first


@dataclass(frozen=True)
class Choices:
    """One way of counting, an option of each axis; without arguments, the project's own. ValueError for another option.

    - ``headline``: whether it counts.
    - ``quotes``: whether words in quotation marks, and what stands in them, count. What a source says in the outlet's
      words always does: without it nothing could be said of sources' voices.
    - ``lexicon``: which certainty cues are taken for hedges (``DOUBTS``).
    - ``denominator``: rates are over words and every mention is one; or rates are over sentences, and in a percentage a
      source, a referent or a fact that an article has twice counts once.
    - ``carried``: whether a sentence that goes on with the same source, without a cue, is an attribution of its own.
    - ``repeats``: whether text that stands in an article a second time counts a second time.
    - ``wire``: whether copy that outlets share counts in each, or in one of them only: where it comes from, if that is
      among them and can be told, else where it was published first.
    """

    headline: str = COUNTED
    quotes: str = COUNTED
    lexicon: str = "hedges"
    denominator: str = WORDS
    carried: str = NOT_COUNTED
    repeats: str = NOT_COUNTED
    wire: str = EVERYWHERE

    def __post_init__(self) -> None:
        for axis, option in self.options().items():
            if option not in AXES[axis]:
                raise ValueError(f"{axis}: {no_such('option', option, AXES[axis])}")

    def options(self) -> dict[str, str]:
        """The option chosen on each axis."""
        return dict(zip(AXES, astuple(self), strict=True))

    @property
    def code(self) -> str:
        """A short name: a digit for each axis, the number of its option; the project's own way has zeros only."""
        return "s" + "".join(str(AXES[axis].index(option)) for axis, option in self.options().items())


OWN = Choices()


def specifications(restricted: Mapping[str, Sequence[str]] | None = None) -> list[Choices]:
    """Every combination of options, the last axis changing fastest; ``restricted`` names fewer options for an axis.

    The first is what others are set against: the project's own way, where it is among them. Raises ValueError for an
    axis or an option that does not exist.
    """
    chosen = dict(restricted or {})
    if unknown := sorted(set(chosen) - set(AXES)):
        raise ValueError(no_such("choice", unknown, AXES))
    ordered = [sorted(set(chosen.get(axis, options)), key=_place(options)) for axis, options in AXES.items()]
    return [Choices(*combination) for combination in product(*ordered)]


def _place(options: Sequence[str]):
    return lambda option: options.index(option) if option in options else len(options)
