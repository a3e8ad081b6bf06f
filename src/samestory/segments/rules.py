"""What single lines are by their own wording: notices, bylines, captions, furniture.

Each rule has a name, which the table ``segments`` gives, so that every decision can be read and disputed. People who
are quoted say "subscribe" too: patterns hold at the start of a line or at its end, hardly ever within.
"""

from __future__ import annotations

import re

from samestory.segments.rule import AS_WRITTEN, START, Rule, rule
from samestory.segments.rules_abroad import RULES_ABROAD
from samestory.segments.vocabulary import (
    AGENCY,
    DATE,
    GLUED_SOURCE,
    MONTH,
    NAME,
    PICTURE_SOURCE,
    TIME,
    UNENDED,
    either,
)  # fmt: skip

_UNQUOTED = r"[^\"“]*$"
_STORY = r"(?:article|story|post|report|piece|headline|review)"

NOTICES = (
    rule(
        "notice",
        "syndicated feed",
        r"\bhas not been edited by\b|\bauto-generated from a syndicated feed\b|"
        r"\bpublished from a (?:syndicated|wire|agency) (?:feed|agency)\b",
        80,
    ),
    rule(
        "notice",
        "rights",
        START
        + either(
            r"copyright\b",
            r"©\s*(?:copyright\b|\d{4}\b|thomson reuters\b|[^/|]{2,60}\b(?:19|20)\d\d\b)",
            r"\(c\)\s*(?:copyright|\d{4})",
            r".{0,200}\ball rights reserved\b",
            r".{0,200}\bmay not be (?:published, broadcast|reproduced)",
        ),
        80,
    ),
    rule(
        "notice",
        "editor's note",
        START
        + either(
            r"editor['’]?s?['’]? note",
            r"note to (?:readers|editors)",
            "publisher['’]s note",
            "disclaimer",
            "disclosure",
        )
        + r"\b\s*[:.—–-]",
        200,
    ),
    rule(
        "notice",
        "correction",
        START
        + either(
            r"(?:corrections?(?: and clarifications?| appended)?|clarification|amendment)\b\s*(?:[:.—–-]|$|\()",
            rf"an? (?:earlier|previous) version of this {_STORY}\b",
            rf"this {_STORY} (?:has been|was) (?:first |originally )?"
            r"(?:updated|amended|corrected|edited|changed|modified|revised|shortened|published|produced)\b",
            r"the (?:material|article|story|text) has been (?:updated|corrected)\b.{0,40}$",
            rf"a version of this {_STORY} (?:appears|appeared) in print\b",
            rf"this {_STORY} (?:was )?(?:(?:first|originally) (?:appeared|published|ran|posted)|is republished)\b",
        ),
        200,
    ),
    rule(
        "notice",
        "content warning",
        START
        + either(
            r"(?:content |graphic )?warning\b\s*[!:.—–-].*\b"
            r"(?:graphic|content|images?|video|footage|disturbing|language|spoilers?|distress\w*)",
            r"this (?:video|article|story|page) contains (?:graphic|distressing|disturbing|offensive)",
            r"(?:some )?(?:viewers|readers) may find",
        ),
        40,
    ),
    rule(
        "notice",
        "views disclaimer",
        START
        + r"(?:the )?(?:views?|opinions?|statements?)(?: and (?:views?|opinions?))? expressed (?:in|by|here|are)\b",
        80,
    ),
)

BYLINES = (
    rule("byline", "time stamp", rf"\b(?:updated|published|posted)\b:? *(?:at )?(?:{DATE}|{TIME})", 20),
    rule(
        "byline",
        "time stamp",
        r"^(?:(?:(?:first|last) )?(?:published|updated|posted|modified|created|publish date|date)\b[:\s]*|on )?"
        rf"(?:{TIME},?\s*)?{DATE}(?:[,\s|•·at-]*{TIME})?"
        rf"(?:[\s|•·,]*(?:(?:last )?(?:updated|published|modified)\b[:\s]*)?(?:{DATE})?(?:[,\s|at-]*{TIME})?)?\W*$",
        20,
    ),
    rule("byline", "time stamp", r"^(?:published|updated|posted|last (?:updated|modified))\b\s*(?::|\d+ \w+ ago)", 20),
    rule(
        "byline",
        "agency credit",
        START
        + either(
            r"\(?\s*(?:additional |further )?(?:reporting|writing|editing|compiled|written|reported) by\b",
            rf"(?:[\w.,'’ &-]{{2,120}} )?(?:contributed|contributing) (?:reporting|to this {_STORY})\b",
            r"(?:[A-Z][\w.'’-]+[, ]+(?:and |in |at |from |for |of |the )*){2,16}"
            r"contributed(?: (?:to|from)\b.{0,60})?\.?$",
            r"with (?:reporting|inputs?|files|additional reporting) (?:by|from)\b",
            r"\(?with (?:agency|agencies|wire) inputs?",
        ),
        60,
    ),
    rule(
        "byline",
        "author",
        r"^[-–—\s]*(?:By|BY|(?:Story|Words|Report|Analysis|Posted|Written) by)\b:?"
        r"(?:[\s,|•·/]+(?:[A-Z][\w.'’-]*|and|for|of|in|the|at|on|with|de|van|von|staff|reporters?|reporting|agenc(?:y|ies)|correspondent|updated|published|@\w+|[\d:./]+(?:[ap]\.?m\.?)?))+"
        r"\W*$",
        25,
        AS_WRITTEN,
    ),
    rule(
        "byline",
        "author's address",
        START
        + either(
            r"(?:you can )?(?:follow|reach|contact|e-?mail|tweet|write to) "
            r"(?!us\b|our\b|the (?!author|writer|reporter)).{1,60}?"
            r"(?:@|\bat \S|\bon (?:twitter|facebook|instagram|linkedin))",
            r"(?:twitter|e-?mail)\s*:\s*\S*@\S+",
        ),
        25,
    ),
    rule(
        "byline",
        "author's blurb",
        r"^\W*[A-Z][\w.'’-]+ [A-Z][^.]{0,80}? (?:can be (?:reached|contacted|e-?mailed|followed)|may be reached|"
        r"(?:reports?|writes?) (?:on|about|for)\b[^.]*(?:[Ff]ollow|@|[Ee]-?mail))\b",
        45,
        AS_WRITTEN,
    ),
    rule("byline", "author", rf"^{NAME}(?:\s*[|•·]\s*{NAME})?\s*[|•·]\s*(?:{DATE}|{TIME})\W*$", 15, AS_WRITTEN),
)

# What the line itself calls a pointer to something else, even where it ends like a caption: "(VIDEO)".
LABELLED = (
    rule(
        "furniture",
        "read more",
        r"^(?:READ(?: MORE| ALSO| NEXT)?|(?:ALSO|MUST) READ|RELATED|SEE ALSO|WATCH(?: LIVE| MORE)?|LISTEN)\b"
        r"\s*(?::|\||-|–|—|>)",
        40,
        AS_WRITTEN,
    ),
)

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

FURNITURE = (
    rule(
        "furniture",
        "read more",
        START
        + either(
            r"(?:read|see|watch|hear|listen|find out|learn|get)\s+"
            r"(?:(?:more|also|next|the full (?:story|article|interview|report|statement))\b[^.]*$|"
            r"(?:more|also|next|now|on)\b(?:\s*[:>»|-]|.{0,80}\bhere\b))",
            r"also read\b|must read\b|more[- ]in$|you (?:may|might) also like|don['’]t miss\b",
            r"related(?: (?:articles?|stor(?:y|ies)|news|links?|content|coverage|video|topics?))?\s*(?:[:|]|$)",
            r"more (?:on|from|in|about|stories|news|coverage)\b[^.]*[:»>]|more\s*[:»>]",
            r"more (?:on|from|stories)\b[^.]*$",
            r"recommended\b\s*[:]?[^.]*$|(?:continue|keep) reading|click (?:here|on|to)\b|tap here",
            r"go to (?:the )?(?:full|original) |view (?:the )?(?:full|original|more|gallery|all|comments)\b",
            r"read the original (?:article|story|post) (?:on|at|here)\b",
            r"(?:see|watch|view)\b.{0,40}\b(?:pictures|photos|videos?|gallery|slideshow)\b[^\"“]*\)?$",
            r"\((?:see|watch|read|listen to|more)\b[^()]*\)$",
        ),
        40,
    ),
    rule(
        "furniture",
        "read more",
        either(
            r"^(?:READ(?: MORE| ALSO)?|(?:ALSO|MUST) READ|RELATED|SEE ALSO|WATCH|MORE|VIDEO|PHOTOS|LISTEN|LIVE)\b"
            r"\s*(?::|\||-|–|—|>)",
            r"^(?:MORE FROM [A-Z]+|WATCH LIVE|MUST READ)\b",
            r"^Related [A-Z]",
            r"^\[[^\[\]]*[^.!?\[\]]\]$",
            r"\w\.? Read more$",
        ),
        40,
        AS_WRITTEN,
    ),
    rule(
        "furniture",
        "watch",
        START
        + either(
            r"watch (?:the|this|a|our|live)? ?(?:video|trailer|clip|below|above|here|live|it)\b",
            r"scroll (?:(?:down|below) )?(?:for|to)\b|play(?: video)?\s*$|video player\b|live stream\b|just watched\b",
        )
        + _UNQUOTED,
        25,
    ),
    rule(
        "furniture",
        "subscribe",
        START
        + either(
            r"subscribe|sign ?-?up|register (?:now|here|for|to|with)|register$",
            r"(?:log|sign) ?in|already a (?:subscriber|member)",
            r"start your (?:free )?trial",
            r"get (?:our|the) (?:daily|latest|best|top|free|news|breaking|morning|weekly)",
            r"get .{0,40}\b(?:newsletters?|inbox)|join our|become a (?:member|subscriber)|support our",
            r"newsletter sign ?up|download (?:the|our)\b.{0,40}\bapp|(?:our|the) newsletter",
            r"to participate in the discussion|you have (?:read|\d+) .{0,20}\barticles?\b",
        )
        + rf"\b{_UNQUOTED}",
        40,
    ),
    rule(
        "furniture",
        "share",
        START
        + either(
            r"(?:read or )?share (?:this|on|it|via|your (?:thoughts|views?|comments?|opinions?|stor(?:y|ies)))\b",
            r"(?:share|pin it|(?:tweet|e-?mail|print)(?: this)?)$",
            r"shares?:|(?:like|follow|find|join) (?:us|me|him|her|them)\b",
            r"follow (?:us|our|the)\b.{0,60}\bon (?:twitter|facebook|instagram|youtube|linkedin|flipboard)",
            r".{0,40}\b(?:like|follow|find|join) us (?:on|at)\b",
            r"(?:facebook|twitter|whatsapp|linkedin|copy link)$",
        ),
        40,
    ),
    rule(
        "furniture",
        "comments",
        START
        + either(
            r"(?:\d+ )?comments?(?: \(?\d+\)?)?$|(?:chats?|reply|replies|newsfeed|loader)$|have your say",
            r"(?:show|view|hide|post|add|leave|write|join|see)(?: all| a| your| the)? (?:comments?|conversation)\b",
            r"what do you think\W*$|let us know (?:in|what|your)\b|send (?:us|your)\b|e-?mail us\b|contact us\b",
            r"(?:have|got) (?:a|any) (?:tip|story|news|suggestions?|questions?)\b",
            r"we pay for (?:your )?(?:stories|videos)\b",
            r"loading\b(?:.{0,30}(?:\.{2,}|…)| (?:more|comments))?\W*$",
        ),
        40,
    ),
    rule(
        "furniture",
        "menu",
        START
        + either(
            r"home|menu|search|news|world|asia|africa|europe|sports?|business|politics|opinion|entertainment",
            r"technology|tech|science|health|lifestyle|videos?|live(?: tv)?|latest(?: news)?|top stories|trending",
            r"most (?:read|popular|viewed|shared)|breaking(?: news)?|editor['’]?s['’]? picks?|popular(?: now)?",
            r"tags?|topics?|sections?|sponsored(?: content)?|promoted|advertisements?|ads?|skip (?:to|ad)\b.*",
            r"back to top|top|next|photos?|images?|pictures?",
            r"previous|close|continue|accept|ok|expand|(?:show|load) more|(?:see|view) all|more|cookies?|newsletters?",
            r"privacy(?: policy)?|terms(?: (?:of|and) .*)?|about us|contact|help|faq|sitemap",
        )
        + r"\W*$",
        6,
    ),
    rule("furniture", "menu", r"^[^.|>]{2,40}(?:\s[|>»]\s[^.|>]{2,40}){2,}$|^[^.>]{2,40}\s[>»]\s[^.>]{2,40}$", 20),
    rule(
        "furniture",
        "site",
        START
        + either(
            r"(?:tags|topics|filed under|categor(?:y|ies)|keywords|posted in|advertisement|sponsored|source)\s*:",
            r"(?:(?:story|article) continues|advertisement|(?:this |your )?(?:browser|device) does not support)\b",
            r"please (?:enable|turn on|disable|update|upgrade|try)\b|(?:javascript|cookies) (?:is|are|must)\b",
            r"we use cookies\b|by (?:signing up|clicking|submitting|continuing|subscribing)\b|something went wrong\b",
            r"thank(?:s| you) for (?:subscribing|signing|reading|registering)\b|an error (?:has )?occurred\b",
        ),
        60,
    ),
    rule(
        "furniture",
        "blurb",
        START
        + either(
            r"track (?:the )?latest|find (?:the )?(?:top|latest|all the)|get (?:the )?(?:latest|all the|breaking|news)",
            r"keep up (?:to date|with)|stay (?:up to date|informed|tuned|updated|connected|on top)|catch all",
            r"check out (?:the|our|all|more|a sample)|visit (?:our|the)|listen to\b.{0,60}\bpodcast|download the",
            r"interested in .{1,40}\? add\b|.*\bnewsletter\b.*\bsubscribe\W*$",
            r"for (?:more|all the|the latest|breaking|live)\b.{0,60}\b"
            r"(?:news|stories|updates?|coverage|information|headlines|visit|follow|click|download)",
        )
        + rf"\b{_UNQUOTED}",
        60,
    ),
)

LAST = (rule("byline", "agency alone", rf"^\W*{AGENCY}\W*$", 3, AS_WRITTEN),)

RULES: tuple[Rule, ...] = (
    *NOTICES,
    *BYLINES,
    *LABELLED,
    *CAPTIONS,
    *FURNITURE,
    *RULES_ABROAD,
    *LAST,
)  # the first that matches decides


# A sentence on a picture beside it: "Pictured, the bridge in May", or one that ends in the bare date of the picture.
PICTURED = re.compile(
    r"^(?:\(?[Pp]ictured\b|(?:[Ss]een|[Ss]hown) here\b)|\((?:pictured|above|left|right)\)[^.]*$|"
    rf"^[A-Z].{{20,300}}\b[A-Z]\w+,? {MONTH} \d{{1,2}}, \d{{4}}\.?$"
)


def match_rule(line: str, n_words: int) -> Rule | None:
    """The first rule that a line's own wording meets, or None."""
    for one in RULES:
        if n_words <= one.most_words and one.pattern.search(line):
            return one
    return None
