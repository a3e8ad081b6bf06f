"""What coders are asked: how many of a thing one sentence holds.

Each measure is a count over a count. A coder writes the count above for each sentence, and the count below where that
must be read too (sources, attributions, labels, patients, claims); words are counted by the machine, without error.
Of words by voice (``hedge_outlet``, ``hedge_source``) the denominators are a coder's only in a round that asks for
``attributed_words`` as well; otherwise they are taken from the table of measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samestory.measures import MEASURES
from samestory.messages import no_such
from samestory.tables import SOURCE_TYPES

COUNTED_BELOW = {
    "attributions": "attributions",
    "sources": "sources",
    "labels": "labels",
    "patients": "patient",
    "claims": "claims",
}
BY_VOICE = ("hedge_outlet", "hedge_source")


class Question(NamedTuple):
    """One count that coders write. ``whole`` names the question whose count this one can never exceed."""

    key: str
    ask: str
    help: str
    example: str
    whole: str | None = None


_CUE = "Count a cue once, however many words it has."
_SOURCE_KINDS = {
    "official": ("sources that speak for the state", "Police, courts, ministries, the military, office-holders and "
                 "bodies between states.", "“The harbour master and a judge confirmed it”: 2."),
    "political": ("sources from party politics", "Parties, candidates, campaigns, and politicians who speak as such.",
                  "“The Reed Party called it a farce”: 1."),
    "expert": ("experts as sources", "Researchers, analysts, doctors asked for what they know, not for what they did.",
               "“The silt will shift again, hydrologist Ewa Lund said”: 1."),
    "witness": ("witnesses as sources", "Whoever is cited for what they saw or heard themselves.",
                "“I saw the crane tip, said a tram driver”: 1."),
    "affected": ("affected people as sources", "Victims, relatives, suspects, parties to the case, and their lawyers.",
                 "“My brother never came home, said Jan Ott”: 1."),
    "citizen": ("members of the public as sources", "People cited as the public, neither affected nor witnesses.",
                "“Enough is enough, a shopper said”: 1."),
    "armed_group": ("armed groups as sources", "Groups under arms that are not the state's, and who speaks for them.",
                    "“The Northern Column said it held the pass”: 1."),
    "organisation": ("organisations as sources", "Companies, unions, charities, clubs, and who speaks for them.",
                     "“The ferry line denied this”: 1."),
    "media": ("other media as sources", "Another outlet or an agency that is cited.",
              "“The owner has fled, the Tide Gazette reported”: 1."),
    "document": ("documents as sources", "Reports, court papers, data, videos, photographs, statements without a "
                 "speaker.", "“The log shows two calls”: 1."),
    "social_media": ("posts on social media as sources", "A post or account where nothing more is said of who wrote "
                     "it.", "“It was a drone, one post claimed”: 1."),
    "outlet": ("the outlet's own reporters as sources", "The outlet cites its own reporter or its own material.",
               "“Our correspondent heard three shots”: 1."),
    "other": ("sources of any other kind", "Sources that fit none of the other kinds.",
              "“The oracle foretold it, the play says”: 1, if no other kind fits."),
}  # fmt: skip
_CERTAINTY_KINDS = {
    "hedge": ("hedges", "Words that make the statement less sure: may, could (of possibility), likely, suspected, "
              "alleged, appears to. Not: may of permission, could of past ability.",
              "“The bridge may have been weak and was apparently closed”: 2."),
    "inquiry": ("words that leave a question open", "Words by which the matter is still to be found out: whether, "
                "investigate, examine, under review.", "“Divers are examining whether the hull split”: 2."),
    "conditional": ("conditions", "Words that make the statement hang on something: if, unless. Not if for whether.",
                    "“If the wind drops, tugs will sail”: 1."),
    "booster": ("boosters", "Words that make the statement more sure: certainly, clearly, in fact, proved.",
                "“It was clearly no accident”: 1."),
    "evidential": ("words of hearsay", "Words that say the knowledge is second-hand without saying whose: "
                   "reportedly, it emerged, reports say.", "“The owner reportedly fled”: 1."),
    "approximator": ("approximators", "Words that make an amount or degree imprecise: about, nearly, some 200, "
                     "dozens.", "“About 40 cars and dozens of bicycles”: 2."),
    "bound": ("bounds", "Words that give an amount a floor or a ceiling: at least, more than, up to.",
              "“At least six boats, none of more than ten metres”: 2."),
}  # fmt: skip


def _sourcing() -> tuple[Question, ...]:
    return (
        Question("attributions", "How many attributions?",
                 "Statements, thoughts or findings that the sentence ascribes to somebody or something; one for each "
                 "word or phrase that ascribes (said, according to, the log shows). Where content and that word stand "
                 "in two sentences, count it where the word stands.",
                 "“The mayor said the weir held, but engineers doubt it”: 2."),
        Question("attributed_words", "How many words are given to sources?",
                 "Words of the sentence that report what a source said, thought or showed, quotation marks or not, "
                 "without the words that name and introduce the source. A following sentence that plainly goes on "
                 "with the same source counts in full.",
                 "“The mayor said the weir held”: 3."),
        Question("quoted", "How many of the attributions quote?",
                 "Attributions in the sentence whose content stands in quotation marks, wholly or in part.",
                 "“‘It held,’ said the mayor; engineers doubt it”: 1.", "attributions"),
        Question("agentless", "How many of the attributions name no source?",
                 "Attributions in the sentence that leave out who says or thinks it: is believed to, it is alleged. "
                 "An adverb alone (reportedly) is no attribution.",
                 "“The pilot is believed to have jumped”: 1.", "attributions"),
        Question("sources", "How many sources?",
                 "Whoever or whatever the sentence ascribes a statement, thought or finding to (said, according to, "
                 "the log shows), once for each such word; two that are joined by “and” are two, and a pronoun counts. "
                 "Where the source is left out (is believed to) there is none.",
                 "“The mayor and a diver said it held; he added that it leaks”: 3."),
        Question("anonymous", "How many of the sources are anonymous?",
                 "Sources in a position to know whose identity is held back: officials, a person close to the talks. "
                 "Police or a ministry stand for an institution, and a passer-by without a name is no insider: "
                 "neither counts.",
                 "“Two people close to the owner said he knew; police disagree”: 1.", "sources"),
        Question("named", "How many of the sources are named?",
                 "Sources that are a person or an institution by name, here or elsewhere in the article: a pronoun or "
                 "a surname counts if the article names its bearer.",
                 "“She told the court so, and a guard agreed”, where she is Ana Birk: 1.", "sources"),
        *(
            Question(f"source_{kind}", f"How many {_SOURCE_KINDS[kind][0]}?", *_SOURCE_KINDS[kind][1:], "sources")
            for kind in SOURCE_TYPES
            if kind != "none"
        ),
    )  # fmt: skip


def _certainty() -> tuple[Question, ...]:
    return (
        *(
            Question(f"certainty_{kind}", f"How many {ask}?", f"{help} {_CUE}", example)
            for kind, (ask, help, example) in _CERTAINTY_KINDS.items()
        ),
        Question("hedge_outlet", "How many hedges in the outlet's own voice?",
                 "Words that make a statement less sure (may, likely, alleged, appears to) where the outlet itself "
                 "speaks, not inside what a source is reported to say. " + _CUE,
                 "“The dam may fail, and the mayor said it could cost lives”: 1.", "certainty_hedge"),
        Question("hedge_source", "How many hedges in the sources' voices?",
                 "The same words inside what a source is reported to say or think; a verb that says the source is "
                 "unsure (suspect, believe) counts too. " + _CUE,
                 "“The mayor said it could fail and police suspect neglect”: 2.", "certainty_hedge"),
    )  # fmt: skip


def _framing() -> tuple[Question, ...]:
    return (
        Question("labels", "How many labels?",
                 "Noun phrases that name people, groups, institutions, places of action, objects or events of the "
                 "story, each time they are named. Pronouns are none.",
                 "“Rescuers carried the crew from the burning trawler”: 3."),
        Question("agent", "How many of the labels act?",
                 "Labels whose bearers do what a verb of the sentence says.",
                 "“Guards beat the strikers, who fled”: 1 (guards).", "labels"),
        Question("patient", "How many of the labels are acted upon?",
                 "Labels, that is noun phrases that name people, groups, places, things or events of the story, whose "
                 "bearers have something done to them: the object of a verb, the subject of a passive.",
                 "“Guards beat the strikers; a driver was hurt”: 2.", "labels"),
        Question("passive_without_agent", "How many of those acted upon leave out who did it?",
                 "Labels of the kind before in a passive that does not say by whom.",
                 "“A driver was hurt and two strikers were held by guards”: 1.", "patient"),
        Question("response", "How many of the labels name the state's response?",
                 "Labels for what the state does about the event: manhunt, security operation, crackdown.",
                 "“The manhunt and the curfew go on”: 2.", "labels"),
    )  # fmt: skip


def _claims() -> tuple[Question, ...]:
    return (
        Question("claims", "How many claims?",
                 "Details that could be checked against another article: numbers of dead, injured, missing or held, "
                 "other counts, ages, sums, sizes, and where the article first gives them the event's day, time and "
                 "place.",
                 "“Six died and a man of 40 was held”: 3 (six dead, one held, an age)."),
        Question("claims_attributed", "How many of the claims are held by a source?",
                 "Claims of the sentence that stand inside what a source is reported to say, think or show.",
                 "“Six died, police said; the barge held 90 tonnes”: 1.", "claims"),
        Question("claims_exact", "How many of the claims give an exact number?",
                 "Claims whose number, date or place is given without about, at least, up to, or a range.",
                 "“Six died and about 30 were hurt”: 1.", "claims"),
    )  # fmt: skip


QUESTIONS = {question.key: question for part in (_sourcing(), _certainty(), _framing(), _claims()) for question in part}


def check_measures(measures: Sequence[str]) -> tuple[str, ...]:
    """The measures in the catalogue's order; ValueError that names the known ones where one is not known."""
    if not measures:
        raise ValueError(f"name the measures to code; the measures are {', '.join(MEASURES)}")
    if unknown := [name for name in measures if name not in MEASURES]:
        raise ValueError(no_such("measure", unknown, MEASURES))
    return tuple(name for name in MEASURES if name in set(measures))


def below(measure: str) -> str | None:
    """The question whose count is the measure's denominator; None where the denominator is words."""
    return COUNTED_BELOW.get(MEASURES[measure].denominator)


def questions_for(measures: Sequence[str]) -> tuple[Question, ...]:
    """The questions that these measures need, each once, a whole before its parts."""
    wanted = set(check_measures(measures))
    wanted |= {whole for name in wanted if (whole := below(name))}
    return tuple(question for key, question in QUESTIONS.items() if key in wanted)


def parts_of(keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of questions among these keys where the first count can never be larger than the second."""
    asked = list(keys)
    return tuple((key, whole) for key in asked if (whole := QUESTIONS[key].whole) in asked and whole is not None)


def codebook(questions: Sequence[Question], measures: Sequence[str]) -> str:
    """The codebook of a round, in Markdown, for those who code."""
    lines = [
        "# How to code",
        "",
        "Each row is one sentence of a news article, with the sentence before and after it to help you understand it. "
        "For each question write how many **the sentence itself** holds.",
        "",
        "- Write 0 where there is none. An empty answer means “not coded yet”.",
        "- Whole numbers only. If you are unsure, decide, and say why in the note.",
        "- Code alone; do not look up who published the article.",
        "- Change nothing but the answers and the note. You may stop at any time and go on later.",
        "",
    ]
    for question in questions:
        lines += [f"## {question.ask}", "", f"Column `{question.key}`. {question.help}", "",
                  f"Example: {question.example}", ""]  # fmt: skip
        if question.whole in {other.key for other in questions}:
            lines += [f"Never more than `{question.whole}`.", ""]
    lines += [f"Measures: {', '.join(measures)}.", ""]
    return "\n".join(lines)
