"""The words and phrases that change how sure a text is, by the type that the codebook gives them.

Collected from the codebook, from Hyland (2005, Metadiscourse) for hedges and boosters, and from the guidelines of the
Szeged Uncertainty Corpus (Szarvas et al. 2012); words that hedge in one context only carry the name of the rule in
:mod:`samestory.certainty.context` that decides.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """What a lemma of a part of speech means for certainty, and the context that it needs."""

    type: str
    context: str = "always"


# Whole phrases that need no context. The span is the phrase.
PHRASES = {
    **dict.fromkeys(
        (
            "looks like", "looked like", "look like", "looks as if", "looked as if", "looks as though",
            "looked as though", "in theory", "on the face of it", "to our knowledge", "as far as we know",
            "as far as is known", "no assurance", "no guarantee", "not necessarily", "may or may not",
            "in all likelihood", "sounds like", "sounded like", "feels like", "felt like",
        ),
        "hedge",
    ),
    **dict.fromkeys(
        (
            "under review", "under investigation", "being investigated", "not clear", "not known", "n't clear",
            "n't known", "not yet clear", "not yet known", "not immediately clear", "n't immediately clear",
            "n't yet clear", "n't yet known", "not certain", "n't certain", "not sure", "n't sure",
            "remains to be seen", "open question", "raise questions", "raises questions", "raised questions",
            "raising questions", "raise doubts", "raises doubts", "raised doubts", "trying to determine",
            "trying to establish", "trying to find out", "trying to identify", "seeking to determine",
            "seeking to establish", "working to determine", "working to establish", "working to identify",
            "yet to be determined", "yet to be confirmed", "remain to be determined", "remains to be determined",
            "look into", "looks into", "looked into", "looking into", "being clarified", "being established",
            "being examined", "questions were raised", "no word on", "not obvious", "n't obvious", "unclear",
            "not yet determined",
        ),
        "inquiry",
    ),
    **dict.fromkeys(
        (
            "provided that", "on condition that", "on the condition that", "as long as", "so long as", "in case",
            "in the event of", "in the event that", "depending on", "depending upon", "contingent on",
            "contingent upon", "subject to", "assuming that", "assuming", "pending", "in such an event", "in that case",
            "in such a case", "in case of", "weather permitting", "presuming", "providing that", "hinges on",
            "hinge on", "depends on", "depend on",
        ),
        "conditional",
    ),
    **dict.fromkeys(
        (
            "in fact", "no doubt", "without doubt", "without a doubt", "without question", "beyond doubt",
            "beyond question", "of course", "for sure", "for certain", "in no doubt", "there is no question",
            "there 's no question", "there's no question", "as a matter of fact", "bound to", "must have",
            "must surely", "no denying", "no doubting", "the fact is", "safe to say", "got to be", "without fail",
        ),
        "booster",
    ),
    **dict.fromkeys(
        (
            "it emerged", "it has emerged", "it 's emerged", "it is understood", "it is reported", "it was reported",
            "it has been reported", "it's reported", "it is said", "it has been said", "reports say", "reports said",
            "reports suggest", "reports suggested", "reports indicate", "reports indicated", "reports claim",
            "reports claimed", "reports coming in", "according to reports", "according to media reports",
            "according to local reports", "according to some reports", "according to local media", "media reports",
            "media reported", "local media said", "local media reported", "unconfirmed reports", "word is", "turns out",
            "turned out", "it is claimed", "it was claimed", "it has been claimed", "it was suggested", "rumor has it",
            "rumour has it", "it has since emerged", "it later emerged", "it was alleged", "it was later determined",
        ),
        "evidential",
    ),
    **dict.fromkeys(
        ("more or less", "of sorts", "pretty much", "sort of", "kind of"), "approximator"
    ),
}  # fmt: skip

ADVERBS = {
    **dict.fromkeys(
        (
            "perhaps", "maybe", "possibly", "probably", "presumably", "supposedly", "purportedly", "allegedly",
            "apparently", "seemingly", "likely", "unlikely", "conceivably", "potentially", "arguably", "plausibly",
            "theoretically", "hypothetically", "ostensibly", "tentatively", "doubtless", "evidently",
        ),
        Rule("hedge"),
    ),
    **dict.fromkeys(
        (
            "certainly", "undoubtedly", "definitely", "surely", "undeniably", "unquestionably", "indisputably",
            "conclusively", "obviously", "inevitably", "incontrovertibly", "indeed", "actually", "definitively",
        ),
        Rule("booster"),
    ),
    "clearly": Rule("booster", "not_manner"),
    **dict.fromkeys(("really", "truly", "genuinely"), Rule("booster", "asserted")),
    "reportedly": Rule("evidential"),
    "almost": Rule("approximator"),
    "nearly": Rule("approximator"),
    "virtually": Rule("approximator"),
    "practically": Rule("approximator"),
    "roughly": Rule("approximator", "degree"),
    "approximately": Rule("approximator"),
}  # fmt: skip

ADJECTIVES = {
    **dict.fromkeys(
        (
            "alleged", "supposed", "presumed", "apparent", "purported", "probable", "unlikely", "likely", "plausible",
            "suspected", "doubtful", "putative", "conceivable", "seeming", "rumored", "rumoured", "believed", "feared",
            "would-be", "preliminary", "tentative", "hypothetical", "reputed", "perceived",
        ),
        Rule("hedge"),
    ),
    "supposed": Rule("hedge", "attributive"),
    "accused": Rule("hedge"),
    "possible": Rule("hedge", "possible"),
    "potential": Rule("hedge", "potential"),
    "unclear": Rule("inquiry"),
    "uncertain": Rule("inquiry"),
    "unsure": Rule("inquiry"),
    "unknown": Rule("inquiry", "predicate"),
    "undetermined": Rule("inquiry"),
    "undeniable": Rule("booster"),
    "indisputable": Rule("booster"),
    "unquestionable": Rule("booster"),
    "undoubted": Rule("booster"),
    "inevitable": Rule("booster"),
    "obvious": Rule("booster", "certain"),
    "clear": Rule("booster", "certain"),
    "certain": Rule("booster", "certain"),
    "sure": Rule("booster", "certain"),
    "confident": Rule("booster", "certain"),
    "convinced": Rule("booster", "certain"),
    "guaranteed": Rule("booster"),
    "proven": Rule("booster"),
    "unconfirmed": Rule("hedge"),
    "approximate": Rule("approximator"),
    "skeptical": Rule("hedge"),
    "sceptical": Rule("hedge"),
}  # fmt: skip

NOUNS = {
    "possibility": Rule("hedge", "not_listed"),
    "likelihood": Rule("hedge"),
    "probability": Rule("hedge"),
    "allegation": Rule("hedge"),
    "accusation": Rule("hedge"),
    **dict.fromkeys(
        ("fear", "worry", "prediction", "expectation", "hint", "indication", "suggestion"), Rule("hedge", "of_what")
    ),
    "chance": Rule("hedge", "chance"),
    "skepticism": Rule("hedge"),
    "scepticism": Rule("hedge"),
    "speculation": Rule("hedge"),
    "suspicion": Rule("hedge"),
    "assumption": Rule("hedge", "clause"),
    "belief": Rule("hedge", "clause"),
    "anticipation": Rule("hedge"),
    "rumor": Rule("hedge"),
    "rumour": Rule("hedge"),
    "doubt": Rule("hedge"),
    "uncertainty": Rule("hedge"),
    "potential": Rule("hedge", "of_for"),
    "proof": Rule("booster"),
    "reports": Rule("evidential", "reports"),
}

VERBS = {
    **dict.fromkeys(
        ("think", "believe", "feel", "guess", "reckon", "fear", "worry", "imagine", "assume", "presume", "speculate",
         "suspect", "estimate", "predict", "forecast", "anticipate", "rumor", "rumour", "project", "suppose", "doubt"),
        Rule("hedge", "opinion"),
    ),
    "expect": Rule("hedge", "expect"),
    "seem": Rule("hedge"),
    "appear": Rule("hedge", "appear"),
    "suggest": Rule("hedge", "suggest"),
    "indicate": Rule("hedge", "indicate"),
    "imply": Rule("hedge", "indicate"),
    "hint": Rule("hedge", "indicate"),
    "allege": Rule("hedge"),
    "accuse": Rule("hedge"),
    **dict.fromkeys(("deem", "perceive", "judge", "assess"), Rule("hedge", "considered")),
    "purport": Rule("hedge", "clause_or_infinitive"),
    "see": Rule("hedge", "seen_as"),
    "regard": Rule("hedge", "seen_as"),
    "view": Rule("hedge", "seen_as"),
    "consider": Rule("hedge", "considered"),
    **dict.fromkeys(("investigate", "examine", "probe", "review", "scrutinize"), Rule("inquiry", "finding_out")),
    "explore": Rule("inquiry", "investigate"),
    "wonder": Rule("inquiry", "clause"),
    "question": Rule("inquiry", "clause"),
    "prove": Rule("booster", "prove"),
    "know": Rule("booster", "known_to"),
    "report": Rule("evidential", "hearsay"),
    "say": Rule("evidential", "hearsay"),
    "understand": Rule("evidential", "hearsay"),
}  # fmt: skip

FUNCTION_WORDS = {
    "may": Rule("hedge", "modal"),
    "might": Rule("hedge", "modal"),
    "could": Rule("hedge", "could"),
    "would": Rule("conditional", "would"),
    "should": Rule("conditional", "inverted"),
    "had": Rule("conditional", "inverted"),
    "if": Rule("conditional", "if"),
    "unless": Rule("conditional"),
    "until": Rule("conditional", "until"),
    "once": Rule("conditional", "once"),
    "whether": Rule("inquiry"),
}
