"""Names and dates as pages write them: the pieces that the rules of wording are made of, as regular expressions."""

from __future__ import annotations


def either(*alternatives: str) -> str:
    """One of these patterns, as a group that captures nothing."""
    return "(?:" + "|".join(alternatives) + ")"


# A name: capitalised words, with the small words that stand within names.
NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|da|di|van|von|der|al|bin|of|the|for|at|and))*"

AGENCY = either(
    r"AP|A\.P\.|(?:The )?Associated Press|AFP|Agence France-Presse|(?:Thomson )?Reuters|REUTERS|UPI|EPA|EFE|DPA|dpa",
    r"ANSA|TASS|Tass|ITAR-TASS|RIA Novosti|Sputnik|Interfax|Xinhua|IANS|PTI|ANI|Kyodo|Yonhap|Bloomberg",
    r"PA|Press Association|AAP|CP|The Canadian Press|CNN|CNNMoney|CBS News|NBC News",
)
PICTURE_SOURCE = either(
    AGENCY,
    r"Getty(?: Images)?|AP Photo|Shutterstock|Alamy|WireImage|FilmMagic|Rex|REX|Corbis|iStock",
    r"Splash(?: News)?|Barcroft|PA Wire|Zuma|ZUMA|Invision|MEGA|Backgrid|Flickr|Wikimedia(?: Commons)?|Handout|NASA",
    r"BBC|Instagram|Facebook|Twitter|YouTube|The New York Times|The Washington Post|Los Angeles Times",
)
# Those that some sites set before a caption without any mark: "Getty Images A man walks".
GLUED_SOURCE = either(
    r"Getty(?: Images)?|GETTY|AP:Associated Press|Associated Press|PA:Press Association|Press Association|Reuters|EPA",
    r"AFP|Rex Features|REX|Splash News|Alamy|Shutterstock|Barcroft Media|Twitter|Instagram|Facebook",
)

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)[a-z]*\.?"
DATE = rf"(?:{WEEKDAY},? ?)?" + either(
    rf"{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?",
    rf"\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{4}})?",
    r"\d{1,2}/\d{1,2}/\d{2,4}",
    r"\d{4}-\d{2}-\d{2}",
)
TIME = (
    either(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?", r"\d{1,2} ?[AaPp]\.?[Mm]\.?")
    + r"(?: ?(?:[A-Z]{2,4}|\(\w+\)))?"
)

UNENDED = r"[^.!?…:;,\"”’'\s][\"”’']*$"  # a line that does not end as a sentence does
