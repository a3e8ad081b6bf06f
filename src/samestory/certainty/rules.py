"""The certainty cues that words, phrases and numbers give by rule."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from samestory.certainty.amounts import find_amounts
from samestory.certainty.context import accepts, reported_question
from samestory.certainty.lexicon import ADJECTIVES, ADVERBS, FUNCTION_WORDS, NOUNS, PHRASES, VERBS, Rule
from samestory.certainty.record import Cue, head_of
from samestory.language import Lexicon, Parse, Token

VERB_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")


def find_by_rules(parse: Parse) -> list[Cue]:
    """The cues of a parse by rule, in text order, none overlapping another; where two could stand, the longer does."""
    candidates = [*_phrase_cues(parse), *find_amounts(parse), *_word_cues(parse)]
    kept: list[Cue] = []
    for cue in sorted(candidates, key=lambda c: (c.start - c.end, c.start, c.type)):
        if all(cue.end <= other.start or other.end <= cue.start for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda c: c.start)


@functools.cache
def _phrases() -> Lexicon:
    return Lexicon(PHRASES)


def _phrase_cues(parse: Parse) -> Iterator[Cue]:
    for sentence in parse.sentences:
        words = parse.text[sentence.start : sentence.end]
        for found in _phrases().find(words):
            match = found._replace(start=found.start + sentence.start, end=found.end + sentence.start)
            tokens = parse.tokens_in(match.start, match.end)
            if not tokens:
                continue
            if match.entry.startswith("look") and not parse.text[match.end : sentence.end].lstrip()[:1].isalnum():
                continue  # "what it looks like"
            if match.entry == "pending" and tokens[0].dep == "amod":
                continue
            if match.entry in ("sort of", "kind of") and tokens[0].pos == "NOUN" and tokens[0].dep != "advmod":
                continue
            if match.entry in ("subject to", "assuming") and tokens[0].dep not in ("acomp", "oprd", "prep", "advcl"):
                continue
            if match.entry == "must have" and not _is_perfect(parse, tokens):
                continue
            yield Cue(match.start, match.end, match.code, head_of(tokens))


def _is_perfect(parse: Parse, tokens: list[Token]) -> bool:
    return parse.tokens[tokens[-1].head].tag == "VBN" and tokens[-1].dep == "aux"


def _word_cues(parse: Parse) -> Iterator[Cue]:
    for token in parse.tokens:
        rule = _rule(token)
        if rule is None:
            continue
        if accepts(rule.context, parse, token):
            start, end = _extent(parse, token, rule)
            yield Cue(start, end, rule.type, token)
        elif rule.context == "if" and reported_question(parse, token):
            yield Cue(token.start, token.end, "inquiry", token)


def _rule(token: Token) -> Rule | None:
    word, lemma = token.text.lower(), token.lemma.lower()
    if word == "reports":  # ends a headline as a noun or, for the parser, as a verb or a name
        return NOUNS[word]
    if word in FUNCTION_WORDS:
        return FUNCTION_WORDS[word]
    if token.pos in ("ADV", "CCONJ", "SCONJ") and word in ADVERBS:
        return ADVERBS[word]
    if token.pos in ("VERB", "AUX") and token.tag in VERB_TAGS and lemma in VERBS:
        return VERBS[lemma]
    if token.pos in ("ADJ", "VERB", "ADV") and word in ADJECTIVES:
        return ADJECTIVES[word]
    if token.pos == "NOUN":
        return NOUNS.get(lemma)
    return ADVERBS.get(word) if token.pos not in ("PROPN", "NOUN") else None


def _extent(parse: Parse, token: Token, rule: Rule) -> tuple[int, int]:
    """The span of a one-word cue; hearsay takes in its auxiliary and "to", which make it hearsay."""
    if rule.context != "hearsay":
        return token.start, token.end
    start, end = token.start, token.end
    for child in parse.children(token.i):
        if child.dep in ("aux", "auxpass") and child.i < token.i:
            start = min(start, child.start)
    following = parse.tokens[token.i + 1 : token.i + 2]
    if following and following[0].text.lower() == "to":
        end = following[0].end
    return start, end
