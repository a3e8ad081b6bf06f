"""What a design cannot show, said before it is tested: with so few cases no difference could ever be significant."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, comb, log2

ALPHA = 0.05
FEWEST_CODED = 6  # from six on, intervals cover (benchmarks/inference.py); with fewer, what is rare is mostly not met


def smallest_p(n_a: int, n_b: int) -> float:
    """The smallest two-sided p that a permutation test of two samples can give: 1, .33, .10, .029 for 1 to 4 a side."""
    if min(n_a, n_b) < 1:
        return 1.0
    return min(1.0, 2 / comb(n_a + n_b, n_a))


def smallest_paired_p(n_pairs: int) -> float:
    """The smallest two-sided p that flipping the signs of paired differences can give; 6 pairs reach .03."""
    return min(1.0, 2 / 2**n_pairs)


def fewest_to_hold(least: Sequence[float], alpha: float = ALPHA) -> int:
    """How many tests at least must reach the smallest p that each can give for any to hold after correction.

    ``least`` are the smallest p of all tests of a family (Benjamini & Hochberg 1995); 1 where a test can hold alone, 0
    where all together cannot.
    """
    return next((n for n, p in enumerate(sorted(least), start=1) if p * len(least) / n < alpha), 0)


def refuse_unpaired(n_a: int, n_b: int, *, unit: str = "article", alpha: float = ALPHA) -> str | None:
    """Why two samples of this size cannot be told apart, as a sentence; None where they could be."""
    least = smallest_p(n_a, n_b)
    if least < alpha:
        return None
    if min(n_a, n_b) < 1:
        return f"no difference can be concluded: one side has no {unit}"
    return (
        f"no difference can be concluded: {n_a} and {_count(n_b, unit)} give a two-sided p of {_short(least)} "
        f"at the very best, and {_short(alpha)} is asked for"
    )


def refuse_paired(n_pairs: int, *, unit: str = "event", alpha: float = ALPHA) -> str | None:
    """Why so few paired differences cannot show anything, as a sentence; None where they could."""
    least = smallest_paired_p(n_pairs)
    if least < alpha:
        return None
    needed = ceil(log2(2 / alpha))
    needed += smallest_paired_p(needed) >= alpha
    if n_pairs < 1:
        return f"no difference can be concluded: no shared {unit}; {needed} are needed"
    return (
        f"no difference can be concluded: {_count(n_pairs, f'shared {unit}')} {'gives' if n_pairs == 1 else 'give'} "
        f"a two-sided p of {_short(least)} at the very best; {needed} are needed to reach {_short(alpha)}"
    )


def refuse_coded(
    numerators: Sequence[float], denominators: Sequence[float], *, unit: str = "coded article"
) -> str | None:
    """Why so few coded cases allow no estimate, as a sentence; None where they do.

    The numbers are what people counted in each case, or in each cluster of them.
    """
    counted = [(above, below) for above, below in zip(numerators, denominators, strict=True) if below > 0]
    if len(counted) < FEWEST_CODED:
        holding = "" if len(counted) == len(numerators) else f" that {_hold(len(counted))} what is counted over"
        return f"nothing can be corrected: {_count(len(counted), unit)}{holding}; {FEWEST_CODED} are needed"
    if not any(above for above, _ in counted):
        return f"nothing can be corrected: people found none in {_count(len(counted), unit)}, so how rare it is is open"
    first, under = counted[0]
    if all(above * under == first * below for above, below in counted):
        return f"nothing can be corrected: {_count(len(counted), unit)} are all alike, so how they vary is open"
    return None


def _hold(n: int) -> str:
    return "holds" if n == 1 else "hold"


def _count(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _short(p: float) -> str:
    return f"{p:.2g}"
