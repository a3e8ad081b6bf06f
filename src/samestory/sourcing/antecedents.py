"""Whom a pronoun or a definite short form stands for within the article, as a noun phrase that can be coded."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.language import Token
from samestory.language.phrases import SUBJECTS, noun_phrase
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.lexicons import words
from samestory.sourcing.naming import is_body, named_in
from samestory.sourcing.people import Mention
from samestory.sourcing.roles import noun_type

RELATIVE = frozenset({"who", "which", "that", "whom"})
MALE, FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
PLURAL, NEUTER = frozenset({"they", "them", "their"}), frozenset({"it", "its"})
SPEAKING = frozenset({"i", "we", "me", "us", "my", "our"})
SOME = frozenset({"both", "all", "some", "many", "most", "others", "few", "several", "two", "pair", "duo"})
_BACK = 3  # sentences that a pronoun looks back
_OTHER_SEX = {"male": "female", "female": "male"}


def resolve_source(scene: Scene, source: Source, earlier: Sequence[Source], outer: Source | None) -> Source | None:
    """The noun phrase that a pronoun stands for within the article; any other phrase stands for itself.

    ``earlier`` are the sources before this one, ``outer`` is that of the attribution around it. None: not found.
    """
    head = scene.parse.tokens[source.head]
    word = head.text.lower()
    if word in RELATIVE:
        return _described(scene, head)
    if word in SPEAKING:
        return _speaker(scene, head, earlier, outer if outer != source else None)
    if word in MALE | FEMALE:
        return _person_before(scene, head, earlier, "male" if word in MALE else "female")
    if word in PLURAL:
        return _several_before(scene, head, earlier)
    if word in NEUTER:
        return _body_before(scene, head, earlier)
    if head.pos == "PRON" and word not in SOME:
        return None
    return source


def _described(scene: Scene, pronoun: Token) -> Source | None:
    tokens = scene.parse.tokens
    clause = tokens[pronoun.head]
    while clause.dep != "relcl" and clause.head != clause.i:
        clause = tokens[clause.head]
    if clause.dep != "relcl" or tokens[clause.head].pos == "PRON":
        return None
    noun = tokens[clause.head]
    inside = [t for t in scene.parse.subtree(noun.i) if t.i < pronoun.i]
    return Source(inside[0].start, max(noun.end, inside[-1].end), noun.i) if inside else None


def _speaker(scene: Scene, pronoun: Token, earlier: Sequence[Source], outer: Source | None) -> Source | None:
    """Who says "I": the source around it, else the one that spoke last."""
    if outer is not None:
        return resolve_source(scene, outer, earlier, None)
    last = next((s for s in reversed(earlier) if scene.parse.tokens[s.head].text.lower() not in SPEAKING), None)
    return resolve_source(scene, last, [s for s in earlier if s.start < last.start], None) if last else None


def _person_before(scene: Scene, pronoun: Token, earlier: Sequence[Source], gender: str) -> Source | None:
    """The nearest person that fits: by sentence, in it who spoke last or is a subject before others."""
    spoke = _persons_who_spoke(scene, pronoun, earlier)
    ranked: list[tuple[tuple[int, int, int], Source]] = []
    for mention in scene.people.mentions:
        if mention.end <= pronoun.start and scene.people.gender(mention) != _OTHER_SEX[gender]:
            ranked.append((_distance(scene, pronoun, mention.first, mention.last, spoke), _as_source(scene, mention)))
    first = scene.parse.sentences[max(0, pronoun.sentence - _BACK)].first
    for token in scene.parse.tokens[first : pronoun.i]:
        if _is_person_noun(token, gender) and not any(m.first <= token.i < m.last for m in scene.people.mentions):
            phrase = noun_phrase(scene.parse, token.i) or [token]
            own = [t for t in phrase if t.i < pronoun.i]
            if own and named_in(scene, Source(own[0].start, own[-1].end, token.i)) is None:
                back, rank, words_back = _distance(scene, pronoun, token.i, token.i + 1, spoke)
                if rank <= 1:  # a noun that neither speaks nor acts is seldom meant
                    ranked.append(((back + rank, rank + 1, words_back), Source(own[0].start, own[-1].end, token.i)))
    near = [one for one in ranked if one[0][0] <= _BACK]
    if near:
        return min(near, key=lambda one: one[0])[1]
    last = [s for s in earlier if s.end <= pronoun.start and (m := named_in(scene, s)) is not None
            and scene.people.gender(m) != _OTHER_SEX[gender]]  # fmt: skip
    return last[-1] if last else min(ranked, key=lambda one: one[0])[1] if ranked else None


def _persons_who_spoke(scene: Scene, pronoun: Token, earlier: Sequence[Source]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in earlier if s.end <= pronoun.start]


def _distance(
    scene: Scene, pronoun: Token, first: int, last: int, spoke: Sequence[tuple[int, int]]
) -> tuple[int, int, int]:
    """Sentences back (the last two count as one for who spoke or acts), then the rank within, then words back."""
    tokens = scene.parse.tokens
    back = pronoun.sentence - tokens[first].sentence
    top = next((t for t in tokens[first:last] if not first <= t.head < last), tokens[last - 1])
    above = tokens[top.head]
    subject = top.dep in SUBJECTS or (top.dep in ("appos", "compound", "conj") and above.dep in SUBJECTS)
    source = any(start <= tokens[first].start and tokens[last - 1].end <= end for start, end in spoke)
    possessor = last < len(tokens) and tokens[last].text in ("'s", "’s", "'", "’")
    quoted = scene.quotation_at(tokens[first]) is not None and scene.quotation_at(pronoun) is None
    rank = 0 if source and not possessor else 1 if subject and not quoted else 2 + possessor + quoted
    if back == 0 and any(above.i == pronoun.head and above.pos == "VERB" for above in scene.parse.ancestors(top.i)):
        back, rank = (1, rank + 1) if rank else (0, 0)  # in what the pronoun says: "Roe will stay, | he said"
    return back, rank, pronoun.i - last


def _is_person_noun(token: Token, gender: str) -> bool:
    if token.tag != "NN" or token.dep in ("compound", "amod", "poss", "nmod", "appos"):
        return False
    code = noun_type(token.text)
    if code in (None, "document", "armed_group", "media", "social_media") or is_body(token):
        return False
    word = token.text.lower()
    return word not in ({"woman", "mother", "girl", "wife", "daughter", "sister"} if gender == "male" else
                        {"man", "father", "boy", "husband", "son", "brother"})  # fmt: skip


def _as_source(scene: Scene, mention: Mention) -> Source:
    return Source(mention.start, mention.end, mention.last - 1)


def _several_before(scene: Scene, pronoun: Token, earlier: Sequence[Source]) -> Source | None:
    """The nearest source of several or of a body; else the nearest plural noun for people."""
    for back in range(_BACK):
        for s in reversed(earlier):
            head = scene.parse.tokens[s.head]
            plural = head.tag in ("NNS", "NNPS") or is_body(head)
            if s.end <= pronoun.start and pronoun.sentence - head.sentence == back and plural:
                return s
        for token in reversed(scene.parse.tokens[: pronoun.i]):
            if pronoun.sentence - token.sentence > back:
                break
            people = token.tag == "NNS" and noun_type(token.text) not in (None, "document") and token.dep in SUBJECTS
            if pronoun.sentence - token.sentence == back and (people or (is_body(token) and token.dep in SUBJECTS)):
                phrase = noun_phrase(scene.parse, token.i) or [token]
                return Source(phrase[0].start, max(token.end, phrase[-1].end), token.i)
    groups = [s for s in earlier if s.end <= pronoun.start and is_body(scene.parse.tokens[s.head])]
    return groups[-1] if groups else None


def _body_before(scene: Scene, pronoun: Token, earlier: Sequence[Source]) -> Source | None:
    """The source that is a body and spoke last, if near; else the nearest body or state that is a subject."""
    tokens = scene.parse.tokens
    for token in reversed(tokens[: pronoun.i]):
        back = pronoun.sentence - tokens[token.i].sentence
        if back > _BACK:
            break
        if not is_body(token) or token.dep not in (*SUBJECTS, "poss", "pobj", "appos"):
            continue
        spoke = any(s.head == token.i for s in earlier)
        if spoke or token.dep in SUBJECTS:
            phrase = [t for t in noun_phrase(scene.parse, token.i) if t.i < pronoun.i] or [token]
            return Source(phrase[0].start, max(token.end, phrase[-1].end), token.i)
    groups = [s for s in earlier if s.end <= pronoun.start and is_body(tokens[s.head])]
    if groups:
        return groups[-1]
    sentence = [t for t in tokens[pronoun.i + 1 :] if t.sentence == pronoun.sentence and is_body(t)]
    return Source(sentence[0].start, sentence[0].end, sentence[0].i) if sentence else None


def people_of_several(scene: Scene, source: Source) -> Mention | None:
    """Who "both" or "the two leaders" are, where two people were named just before: the later of them."""
    head = scene.parse.tokens[source.head]
    tokens = [t.text.lower() for t in scene.parse.tokens_in(source.start, source.end)]
    pair = "both" in tokens or ("two" in tokens and (tokens[0] == "the" or "these" in tokens))
    singular = noun_type(head.text) in (None, "official", "political", "other") and len(tokens) <= 3
    if head.lemma.lower() in words("bodies by noun"):
        return None
    if not pair or not (singular or head.text.lower() in words("performers")):
        return None
    before = [m for m in scene.people.mentions if m.end <= source.start
              and head.sentence - scene.parse.tokens[m.first].sentence <= _BACK]  # fmt: skip
    names = list(dict.fromkeys(scene.people.bearer(m) for m in before))
    return before[-1] if len(names) >= 2 else None
