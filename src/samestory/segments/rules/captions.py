"""What stands under a picture: captions, by their label, their credit or their wording."""

from __future__ import annotations

import re

from samestory.segments.rules.rule import AS_WRITTEN, START, rule
from samestory.segments.vocabulary import GLUED_SOURCE, MONTH, NAME, PICTURE_SOURCE, UNENDED, either

CAPTIONS = (
    rule("caption", "credit", rf"^©\s*(?:{PICTURE_SOURCE}|[^/|]{{2,40}}[/|])", 80, AS_WRITTEN),
    rule(
        "caption",
        "gallery",
        r"\bhide caption(?:\s+\d+ of \d+)?\W*$|^\W*(?:photos?|pictures?|gallery): .{0,400}\b\d+ of \d+\W*$",
        400,
    ),
    rule(
        "caption",
        "caption label",
        START
        + either(
            r"enlarge(?: this)? image|image (?:copyright|caption|source|credit)|media caption|toggle caption",
            r"(?:photo|picture|image) credits?|file (?:photo|picture|image)|caption|photograph",
            r"(?:photo(?:graph)?s?|illustrations?|graphics?) by",
            r"photo courtesy|courtesy of",
        )
        + r"\b(?!\s+(?:of|was|is|were|shows?|showed)\b)",
        80,
    ),
    rule(
        "caption",
        "caption label",
        START + r"(?:photos?|images?|pictures?|pic|video|file|illustration|graphic)\s*"
        r"(?::|/|—|–|-{1,2}(?=\s)|,? (?:top|left|right|above|below)\b.{0,20}:)\s*\S",
        60,
    ),
    rule(
        "caption",
        "caption label",
        r"^FILE\s*[-–—:]|^CLOSE\s+\S|^In this (?:\w+\.? \d{1,2},? (?:\d{4},? )?)?(?:file )?"
        r"(?:photo|image|picture|frame|video grab|still)\b",
        120,
        AS_WRITTEN,
    ),
    rule(
        "caption",
        "dated picture",
        r"^[A-Z].{5,250}\b(?:is|are|attends?|speaks?|walks?|stands?|sits?|looks?|holds?|poses?|waves?|arrives?|watch(?:es)?)\b"
        rf"[^.]{{5,200}}\b{MONTH} \d{{1,2}}, \d{{4}}\.?$",
        60,
        AS_WRITTEN,
    ),
    rule(
        "caption",
        "pictured",
        r"^pictured\b|\b(?:is|are) pictured\b|"
        r"^(?:seen here|above|below|left|right|top|bottom|main picture|inset)\b(?:[^.]{0,40}?):\s|"
        r"\(pictured(?: (?:left|right|above|below|together|here|centre|center))?\)[^.]*$",
        60,
    ),
    rule(
        "caption",
        "credit",
        r"[(\[]"
        + either(
            r"(?:AP |file )?(?:photo|image|picture|pic|video|credit|screenshot|screengrab|illustration)s?\b[^()]{0,80}",
            r"[^()]{0,60}\b(?:Getty Images|AP Photo|File photo|via Getty|via AP)\b[^()]{0,40}",
        )
        + r"[)\]]\W*$",
        90,
    ),
    rule(
        "caption",
        "credit",
        r"[(\[]"
        + either(
            rf"{NAME}(?:,? {NAME})? ?[/|] ?[A-Z][^()\[\]]{{0,60}}",
            rf"(?:{PICTURE_SOURCE}|Image|Photo|Picture)(?:[ /,]{PICTURE_SOURCE})*",
        )
        + r"[)\]]\W*$",
        90,
        AS_WRITTEN,
    ),
    rule(
        "caption",
        "credit",
        r"\b(?:Credits?|Photo(?:graph|s)?(?: by| [Cc]redit)?|Image(?: [Cc]redit)?|Picture|Pic|Courtesy|Source)"
        rf"(?::? +(?:{NAME}(?:,? {NAME})?|{PICTURE_SOURCE})(?: ?[/|,]| for | via ) ?[\w .'’&/-]{{1,60}}$|"
        rf": ?(?:{PICTURE_SOURCE}|{NAME})(?: archives?| library| handout| staff| via .{{1,40}})?$)|"
        rf"\bCredits? {NAME}(?:, via .{{1,40}})?$",
        120,
        AS_WRITTEN,
    ),
    rule(
        "caption",
        "credit",
        either(
            rf"^(?:{NAME} ?/ ?)?{PICTURE_SOURCE}(?: ?[/,] ?{NAME})+$",
            rf"^{NAME} ?/ ?{NAME}(?: ?/ ?{NAME})*$",
        ),
        10,
        AS_WRITTEN,
    ),
    rule("caption", "credit", rf"^(?:\S+ ){{0,4}}{NAME} ?/ ?{PICTURE_SOURCE} [A-Z].{{30,}}$", 90, AS_WRITTEN),
    rule(
        "caption", "credit", rf"(?:[.!?”\"]|[a-z]) ?{NAME} ?/ ?{PICTURE_SOURCE}(?:/{PICTURE_SOURCE})*$", 60, AS_WRITTEN
    ),
    rule("caption", "credit", r"[.,]\s?(?:AP|AFP|Reuters|REUTERS|PTI|Getty Images|EPA)$", 50, AS_WRITTEN),
    rule(
        "caption",
        "credit",
        rf"^(?:{GLUED_SOURCE}|(?:19|20)\d\d {NAME})(?: - [A-Z]\w+)? [A-Z\"“‘'].*{UNENDED}",
        45,
        AS_WRITTEN,
    ),
)

# A sentence on a picture beside it: "Pictured, the bridge in May", or one that ends in the bare date of the picture.
PICTURED = re.compile(
    r"^(?:\(?[Pp]ictured\b|(?:[Ss]een|[Ss]hown) here\b)|\((?:pictured|above|left|right)\)[^.]*$|"
    rf"^[A-Z].{{20,300}}\b[A-Z]\w+,? {MONTH} \d{{1,2}}, \d{{4}}\.?$"
)
