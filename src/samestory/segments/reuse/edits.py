"""House edits: what one version of shared copy words otherwise than another, in units that a reader would name.

An edit is a phrase, and never less than a word. Punctuation, quotation marks, case and spelling alone are none (see
``spelling``). Where more is changed than kept between two changes, the whole is one recast phrase; a number stands
alone. Sentences that only one version has are one edit, and so are neighbouring paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from samestory.segments.reuse.alignment import Step, word_steps
from samestory.segments.reuse.bodies import Body, Span

MOST_KEPT = 3  # words in the middle of a recast phrase that stayed
# Words at which one phrase ends and another begins: a verb after its subject, the next member of a list.
BOUNDARIES = {
    "and", "or", "but", "that", "which", "who", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will",
    "would", "said", "says", "told",
}  # fmt: skip
HEADLINE_KEPT = 0.5  # of the longer headline's words, for the two to be compared word by word
UNEQUAL = 3  # times that one side of a change is longer than the other, to be looked at for a clause
KINDS = {"substituted": "substituted", "inserted": "deleted", "deleted": "inserted", "moved": "moved"}


def body_edits(left: Body, right: Body, steps: Sequence[Step]) -> Iterator[tuple[str, Span, Span]]:
    """Kind (seen from the left text) and the characters on both sides of every edit between two aligned bodies."""
    kept = [step for step in steps if not step.moved]
    for whole, group in groupby(kept, key=lambda step: step.whole):
        part = list(group)
        for step in _grouped(left, right, part) if whole else phrases(left, right, part):
            yield _edit(left, right, step)
    for step in joined_moves(steps):
        yield (
            "moved",
            _sentence_span(left, step.first, step.last),
            _sentence_span(right, step.other_first, step.other_last),
        )
    for step in steps:
        if step.moved:
            inside = word_steps(left.words, right.words, (step.first, step.last), (step.other_first, step.other_last))
            for change in phrases(left, right, inside):
                yield _edit(left, right, change)


def headline_edits(left: Body, right: Body) -> Iterator[tuple[str, Span, Span]]:
    """The same for two headlines; one that keeps less than half of the other's words is written anew as a whole."""
    longer = max(len(left.words), len(right.words))
    if not left.words or not right.words:
        return
    steps = word_steps(left.words, right.words, (0, len(left.words)), (0, len(right.words)))
    changes = phrases(left, right, steps)
    if sum(step.last - step.first for step in steps if step.equal) < HEADLINE_KEPT * longer:
        changes = [Step(0, len(left.words), 0, len(right.words))]
    for step in changes:
        yield _edit(left, right, step)


def joined_moves(steps: Sequence[Step]) -> list[Step]:
    """What was moved, neighbouring sentences as one."""
    joined: list[Step] = []
    for step in steps:
        if not step.moved:
            continue
        if joined and joined[-1].last == step.first and joined[-1].other_last == step.other_first:
            joined[-1] = joined[-1]._replace(last=step.last, other_last=step.other_last)
        else:
            joined.append(step)
    return joined


def phrases(left: Body, right: Body, steps: Sequence[Step]) -> list[Step]:
    """The changes among these steps, recast phrases joined and mere spellings left out."""
    parts = [part for step in steps for part in ([step] if step.equal else _clauses(left, right, step))]
    found: list[Step] = []
    between: Step | None = None
    for step in parts:
        if step.equal:
            between = step
            continue
        if found and between is not None and _recast(left, right, found[-1], between, step):
            found[-1] = found[-1]._replace(last=step.last, other_last=step.other_last)
        else:
            found.append(step)
        between = None
    return [step for step in found if not _same_letters(left, right, step)]


def _recast(left: Body, right: Body, one: Step, between: Step, other: Step) -> bool:
    """Whether two changes and the words between them are one phrase."""
    kept = between.last - between.first
    if kept > MOST_KEPT or kept >= one.length + other.length or one.last != between.first or one.whole or other.whole:
        return False
    if any(_is_number(left, right, step) for step in (one, other)):
        return False
    if BOUNDARIES.intersection(left.words[between.first : between.last]):
        return False
    ours = {left.sentence[n] for n in range(one.first, other.last)}
    theirs = {right.sentence[n] for n in range(one.other_first, other.other_last)}
    return len(ours) == len(theirs) == 1


def _is_number(left: Body, right: Body, step: Step) -> bool:
    words = left.words[step.first : step.last], right.words[step.other_first : step.other_last]
    return all(side and all(word[0].isdigit() for word in side) for side in words)


def _same_letters(left: Body, right: Body, step: Step) -> bool:
    one, other = left.words[step.first : step.last], right.words[step.other_first : step.other_last]
    return "".join(one) == "".join(other)


def _clauses(left: Body, right: Body, step: Step) -> list[Step]:
    """A change of a few words for many: a clause among the many that ends at a comma is an edit of its own."""
    ours, theirs = step.last - step.first, step.other_last - step.other_first
    if not ours or not theirs or step.length < UNEQUAL * min(ours, theirs):
        return [step]
    body, first, last = (left, step.first, step.last) if ours > theirs else (right, step.other_first, step.other_last)
    short = min(ours, theirs)
    stops = [n + 1 for n in range(first, last - 1) if body.stop[n]]
    cuts = [(abs(last - n - short), n, True) for n in stops] + [(abs(n - first - short), n, False) for n in stops]
    if not cuts or min(cuts)[0] > short:
        return [step]
    _, at, clause_first = min(cuts)
    if ours > theirs:
        where = step.other_first if clause_first else step.other_last
        one = step._replace(last=at, other_last=where)
        return [one, step._replace(first=at, other_first=where)]
    where = step.first if clause_first else step.last
    return [step._replace(other_last=at, last=where), step._replace(other_first=at, first=where)]


def _grouped(left: Body, right: Body, steps: Sequence[Step]) -> Iterator[Step]:
    """Whole sentences of one side: those of a paragraph together, and whole paragraphs together."""
    for body, ours in ((left, True), (right, False)):
        side = [step for step in steps if (step.last > step.first) == ours]
        spans = [(step.first, step.last) if ours else (step.other_first, step.other_last) for step in side]
        paragraphs = [body.sentences[body.sentence[first]].paragraph for first, _ in spans]
        gone = Counter(paragraphs)
        at = 0
        for n in range(1, len(side) + 1):
            if n < len(side) and spans[n - 1][1] == spans[n][0]:
                pair = paragraphs[n - 1 : n + 1]
                if pair[0] == pair[1] or all(gone[one] == body.paragraphs[one] for one in pair):
                    continue
            yield side[at]._replace(last=side[n - 1].last, other_last=side[n - 1].other_last)
            at = n


def _edit(left: Body, right: Body, step: Step) -> tuple[str, Span, Span]:
    kind = (
        "substituted"
        if step.last > step.first and step.other_last > step.other_first
        else ("inserted" if step.last > step.first else "deleted")
    )
    span = _sentence_span if step.whole else Body.characters
    return kind, span(left, step.first, step.last), span(right, step.other_first, step.other_last)


def _sentence_span(body: Body, first: int, last: int) -> Span:
    """Characters of whole sentences, marks included; of none, the empty span after the word before."""
    if first == last:
        return body.characters(first, last)
    start, end = body.characters(first, last)
    one, other = body.sentences[body.sentence[first]], body.sentences[body.sentence[last - 1]]
    return (one.start if one.first == first else start), (other.end if other.last == last else end)
