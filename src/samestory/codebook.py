"""What each code of the tables means, in a sentence or two: the codebook, as readers meet it beside the text.

The rules behind these sentences, with their hard cases, are the codebook's own pages; this is what a legend, a detail
beside a passage or the reference of the tables says.
"""

from __future__ import annotations

SEGMENTS = {
    "headline": "The story's title. It counts.",
    "deck": "The standfirst: a summary or teaser above or under the headline. It counts.",
    "byline": "Who wrote it: author, agency credit, time stamp. It does not count.",
    "dateline": "The place, and sometimes date and agency, that opens the story. It does not count.",
    "body": "The story itself, where it stands first. It counts.",
    "caption": "A picture's caption and credit. It does not count.",
    "repeat": "Text that stands a second time in the same article, word for word or nearly. It does not count again.",
    "notice": "A notice about the text: copyright, correction, editor's note, warning. It does not count.",
    "furniture": "What the page prints around the story: site name, buttons, links, widgets. It does not count.",
}
ATTRIBUTION_KINDS = {
    "speech": "Content given to someone as said or written: announced, urged, posted.",
    "thought": "Content given to someone as belief, knowledge, wish, intention or expectation.",
    "evidence": "Content given to what a document, a picture or a witness's senses show.",
}
QUOTE_TYPES = {
    "direct": "All of the content stands in quotation marks.",
    "indirect": "The content is told in the article's words, without quotation marks.",
    "mixed": "A part of the content stands in quotation marks, be it a word.",
}
CUE_STANCES = {
    "neutral": "The verb only reports: said, told, according to.",
    "factive": "The verb takes the content for true: knows, reveals, confirms, admits.",
    "nonfactive": "The verb leaves open whether it is true: believes, suspects, claims, alleges.",
    "directive": "The verb wants something done: urges, warns, calls on.",
    "denial": "The verb rejects the content: denied, rejected.",
    "refusal": "The source said nothing: declined to comment, could not be reached.",
    "hearsay": "It is reported, and nobody is named who said it: it emerged, is reported to.",
}
SOURCE_TYPES = {
    "official": "A state speaks: government, police, court, military, an international body, who holds an office.",
    "political": "A party, a campaign or a candidate.",
    "expert": "A researcher, an analyst, or a professional asked as an expert.",
    "witness": "Someone who saw or heard it.",
    "affected": "Someone whom it befell or concerns: victim, relative, suspect, party to the case and its lawyer.",
    "citizen": "A member of the public.",
    "armed_group": "An armed group, or who speaks for it.",
    "organisation": "A company, union, aid group or club, or who speaks for it.",
    "media": "Another outlet or an agency.",
    "document": "A report, court paper, data set, recording or photograph.",
    "social_media": "A post or account on social media.",
    "outlet": "The outlet's own reporter.",
    "other": "A source of none of the other types.",
    "none": "No source is given: the sentence leaves out who says so.",
}
IDENTIFICATIONS = {
    "named_person": "A person identified by name, here or elsewhere in the article.",
    "named_institution": "An institution identified by name, police and ministries included.",
    "unnamed_person": "One person without a name.",
    "unnamed_group": "Several people without names.",
    "none": "Nobody is identified.",
}
CERTAINTY_TYPES = {
    "hedge": "Lowers the commitment to what is said: may, likely, suspected, alleged.",
    "inquiry": "Leaves what is said an open question: whether, investigates, under review.",
    "conditional": "Makes what is said hang on a condition: if, unless.",
    "booster": "Raises the commitment to what is said: certainly, clearly, in fact.",
    "evidential": "Says that it is known from elsewhere without naming from whom: reportedly, it emerged.",
    "approximator": "Makes a quantity or a degree imprecise: about, some 200, dozens.",
    "bound": "Gives a quantity a floor or a ceiling: at least, more than, up to.",
}
AGENCIES = {
    "agent": "The one who acts in its clause.",
    "patient": "The one who is acted upon in its clause.",
    "other": "Neither acts nor is acted upon in its clause.",
}
POSITIONS = {
    "headline": "In the headline.",
    "lead": "In the lead, the first words of the story.",
    "body": "Further down in the story.",
}
REFERENT_KINDS = {
    "person": "One person.",
    "group": "Several people who are named together.",
    "institution": "An organisation or an office of state.",
    "place": "A place where something happens.",
    "object": "A thing.",
    "event": "Something that happened or was done.",
}
FRAME_SCHEMES = {
    "policy": "The policy frames: which sides of public policy the story is about.",
    "generic": "The generic frames: conflict, human interest, economic consequences, morality, responsibility.",
}
CLAIM_ROLES = {
    "killed": "How many people were killed.",
    "injured": "How many people were injured.",
    "missing": "How many people are missing.",
    "detained": "How many people were detained.",
    "suspects": "How many people are suspected, attackers included.",
    "age": "How old someone is.",
    "date_time": "When something happened.",
    "place": "Where something happened.",
    "money": "A sum of money.",
    "size": "A measured size: length, weight, duration, share.",
    "count_other": "A count of anything else.",
}
BOUNDS = {
    "exact": "The number is given as it is.",
    "at_least": "The number is a floor.",
    "at_most": "The number is a ceiling.",
    "approximate": "The number is roughly this.",
    "range": "The number lies between two.",
    "unspecified": "A quantity is told, and no number given.",
}
ABOUTS = {
    "this_event": "It tells of the event that the articles share.",
    "other": "It tells of something else: background, an earlier event.",
}
RELATIONS = {
    "agree": "Two articles say the same of the same thing.",
    "differ_in_precision": "Two articles can both be right; one says it more precisely.",
    "update": "The later article says otherwise, and time can explain the change.",
    "conflict": "Two articles say what cannot both be true at the time they say it.",
    "differ": "Two articles say otherwise; as a time is unknown, update and conflict cannot be told apart.",
    "not_comparable": "Two articles count different things, of which one may hold the other.",
    "only_in": "One article says it and the other is silent.",
    "internal_conflict": "One article gives two numbers that cannot both be true, of one source or of two who differ.",
}
EDIT_KINDS = {
    "substituted": "Both have the passage, and word it otherwise.",
    "inserted": "Only this version has these words.",
    "deleted": "Only the other version has these words.",
    "moved": "Both have the passage, at different places.",
}
PRECISIONS = {
    "second": "The time of publication is known to the second.",
    "minute": "The time of publication is known to the minute.",
    "day": "The day of publication is known.",
    "month": "The month of publication is known.",
    "year": "The year of publication is known.",
    "unknown": "No time of publication is known.",
}
_BY_COLUMN = {
    ("segments", "segment"): SEGMENTS,
    ("sentences", "segment"): SEGMENTS,
    ("attributions", "attribution_kind"): ATTRIBUTION_KINDS,
    ("attributions", "quote_type"): QUOTE_TYPES,
    ("attributions", "cue_stance"): CUE_STANCES,
    ("sources", "source_type"): SOURCE_TYPES,
    ("sources", "identification"): IDENTIFICATIONS,
    ("certainty", "certainty_type"): CERTAINTY_TYPES,
    ("labels", "position"): POSITIONS,
    ("labels", "agency"): AGENCIES,
    ("referents", "kind"): REFERENT_KINDS,
    ("frames", "scheme"): FRAME_SCHEMES,
    ("claims", "role"): CLAIM_ROLES,
    ("claims", "bound"): BOUNDS,
    ("claims", "about"): ABOUTS,
    ("claim_relations", "role"): CLAIM_ROLES,
    ("claim_relations", "relation"): RELATIONS,
    ("edits", "kind"): EDIT_KINDS,
    ("articles", "published_precision"): PRECISIONS,
}


def definition(table: str, column: str, code: str) -> str:
    """What a code means: ``definition("certainty", "certainty_type", "hedge")``.

    Raises KeyError for a column without codes and for a code that it does not hold.
    """
    return definitions(table, column)[code]


def definitions(table: str, column: str) -> dict[str, str]:
    """Every code of a column and what it means, in the codebook's order; KeyError for a column without codes."""
    if (table, column) not in _BY_COLUMN:
        raise KeyError(f"table {table}: no column {column} that holds codes")
    return dict(_BY_COLUMN[table, column])
