"""What a design cannot show, said before it is tested: with so few cases no difference could ever be significant."""

from __future__ import annotations

from math import ceil, comb, log2

ALPHA = 0.05


def smallest_p(n_a: int, n_b: int) -> float:
    """The smallest two-sided p that a permutation test of two samples can give: 1, .33, .10, .029 for 1 to 4 a side."""
    if min(n_a, n_b) < 1:
        return 1.0
    return min(1.0, 2 / comb(n_a + n_b, n_a))


def smallest_paired_p(n_pairs: int) -> float:
    """The smallest two-sided p that flipping the signs of paired differences can give; 6 pairs reach .03."""
    return min(1.0, 2 / 2**n_pairs)


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


def _count(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _short(p: float) -> str:
    return f"{p:.2g}"
