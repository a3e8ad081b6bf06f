"""What single lines are by their own wording: furniture, notices, captions, bylines, datelines.

Each rule has a name, which the table ``segments`` gives, so that every decision can be read and disputed. A rule
that matches inside a line would catch people who are quoted: the patterns hold at the start or the end of a line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

AGENCIES = (
    r"AP|A\.P\.|Associated Press|The Associated Press|AFP|Agence France-Presse|Reuters|REUTERS|Thomson Reuters|UPI|"
    r"EPA|EFE|DPA|dpa|ANSA|TASS|Tass|ITAR-TASS|RIA Novosti|Sputnik|Interfax|Xinhua|IANS|PTI|ANI|Kyodo|Yonhap|"
    r"Bloomberg|PA|Press Association|AAP|CP|The Canadian Press|CNN|CNNMoney|CNN Business|CBS News|NBC News|AP Photo"
)
PICTURE_AGENCIES = (
    rf"{AGENCIES}|Getty(?: Images)?|AFP/Getty(?: Images)?|Shutterstock|Alamy|WireImage|FilmMagic|Rex|REX|Splash(?: News)?|"
    r"Corbis|iStock|Barcroft|PA Wire|Zuma|ZUMA|Invision|Instagram|Facebook|Twitter|YouTube|Handout|NASA|BBC|MEGA|"
    r"Backgrid|Bravo|Flickr|Wikimedia(?: Commons)?|The New York Times|The Washington Post|Los Angeles Times"
)
PHOTO_AGENCIES = (
    r"Getty Images|Getty|AP:Associated Press|Associated Press|PA:Press Association|Press Association|Reuters|EPA|AFP|"
    r"Rex Features|REX|Splash News|Alamy|Shutterstock|Barcroft Media|Twitter|Instagram|Facebook"
)
UNENDED = r"[^.!?…:;,\"”’'\s][\"”’']*$"  # a line that does not end as a sentence does
NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|da|di|van|von|der|al|bin|of|the|for|at|and))*"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
DAY = r"(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)[a-z]*\.?"
DATE = rf"(?:{DAY},? ?)?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}})"
TIME = (
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?|\d{1,2} ?[AaPp]\.?[Mm]\.?)(?: ?(?:[A-Z]{2,4}|\(\w+\)))?"
)


class Rule(NamedTuple):
    """A pattern that makes a line of at most so many words one kind of segment."""

    segment: str
    name: str
    pattern: re.Pattern[str]
    most_words: int


def _rule(segment: str, name: str, pattern: str, most_words: int = 60, flags: int = re.IGNORECASE) -> Rule:
    return Rule(segment, name, re.compile(pattern, flags), most_words)


# The first rule that matches decides, so what is more telling stands first.
RULES: tuple[Rule, ...] = (
    _rule("notice", "syndicated feed", r".*\b(?:has not been edited by|auto-generated from a syndicated feed|published from a (?:syndicated|wire|agency) (?:feed|agency))\b", 80),
    _rule("notice", "rights", r"^\W*(?:copyright\b|©\s*(?:copyright\b|\d{4}\b|thomson reuters\b|[^/|]{2,60}\b(?:19|20)\d\d\b)|\(c\)\s*(?:copyright|\d{4})|all rights reserved\b)", 80),
    _rule("notice", "rights", r".*\b(?:all rights reserved|may not be published, broadcast|may not be reproduced)\b", 80),
    _rule("notice", "editor's note", r"^\W*(?:editor['’]?s?['’]? note|note to (?:readers|editors)|publisher['’]s note|disclaimer|disclosure)\b\s*[:.—–-]", 200),
    _rule("notice", "correction", r"^\W*(?:corrections?(?: and clarifications?)?|clarification|amendment|correction appended)\b\s*(?:[:.—–-]|$|\()", 200),
    _rule("notice", "correction", r"^\W*(?:an? (?:earlier|previous) version of this (?:article|story|report|post|headline)|this (?:article|story|post|report|piece|headline) (?:has been|was) (?:updated|amended|corrected|edited|changed|modified|revised|first published|originally published|published|produced))\b", 200),
    _rule("notice", "print version", r"^\W*a version of this (?:article|story|review) (?:appears|appeared) in print\b", 60),
    _rule("notice", "content warning", r"^\W*(?:(?:content |graphic )?warning\b\s*[!:.—–-].*\b(?:graphic|content|images?|video|footage|disturbing|language|spoilers?|distress\w*)|this (?:video|article|story|page) contains (?:graphic|distressing|disturbing|offensive)|(?:some )?(?:viewers|readers) may find)", 40),
    _rule("notice", "views disclaimer", r"^\W*(?:the )?(?:views?|opinions?|statements?)(?: and (?:views?|opinions?))? expressed\b", 80),
    _rule("byline", "time stamp", rf"\b(?:updated|published|posted)\b:? *(?:at )?(?:{DATE}|{TIME})", 20),
    _rule("caption", "credit", rf"^©\s*(?:{PICTURE_AGENCIES}|[^/|]{{2,40}}[/|])", 80, 0),
    _rule("caption", "gallery", r".*\bhide caption(?:\s+\d+ of \d+)?\W*$|^\W*(?:photos?|pictures?|gallery): .{0,400}\b\d+ of \d+\W*$", 400),
    _rule("caption", "caption label", r"^\W*(?:enlarge(?: this)? image|image (?:copyright|caption|source|credit)|media caption|toggle caption|photo credit|picture credit|image credits?|file (?:photo|picture|image)|caption|photograph|photo(?:graphs?|s)? by|photo courtesy|courtesy of)\b(?!\s+(?:of|was|is|were|shows?|showed)\b)", 80),
    _rule("caption", "caption label", r"^\W*(?:photos?|images?|pictures?|pic|video|file|illustration|graphic)\s*(?::|/|—|–|-{1,2}(?=\s))\s*\S", 60),
    _rule("caption", "caption label", r"^(?:photo|image|picture)s?$", 1),
    _rule("caption", "caption label", r"^FILE\s*[-–—:]|^In this (?:\w+\.? \d{1,2},? (?:\d{4},? )?)?(?:file )?(?:photo|image|picture|frame|video grab|still)\b", 120, 0),
    _rule("caption", "caption label", r"^CLOSE\s+\S", 120, 0),
    _rule("caption", "pictured", r"^(?:pictured|seen here|above|below|left|right|top|bottom|main picture|inset)\b(?:[^.]{0,40}?):\s", 60),
    _rule("caption", "pictured", r"^pictured\b|\(pictured(?: (?:left|right|above|below|together|here|centre|center))?\)[^.]*$", 45),
    _rule("caption", "credit", rf"[(\[](?:(?:AP |file )?(?:photo|image|picture|pic|video|credit|source|screenshot|screengrab|illustration)s?\b[^()]{{0,80}}|[^()]{{0,60}}\b(?:Getty Images|AP Photo|File photo|via Getty|via AP)\b[^()]{{0,40}})[)\]]\W*$", 90),
    _rule("caption", "credit", rf"[(\[]{NAME}(?:,? {NAME})? ?[/|] ?[A-Z][^()\[\]]{{0,60}}[)\]]\W*$", 90, 0),
    _rule("caption", "credit", rf"[(\[](?:{PICTURE_AGENCIES}|Image|Photo|Picture)(?:[ /,](?:{PICTURE_AGENCIES}))*[)\]]\W*$", 60, 0),
    _rule("caption", "credit", rf"\b(?:Credit|Credits|Photo|Photograph|Photo credit|Image credit|Image|Picture|Photo by|Photograph by|Photos by|Source):? +(?:{NAME}(?:,? {NAME})?|{PICTURE_AGENCIES})(?: ?[/|,]| for | via )(?: ?[\w .'’&/-]{{1,60}})$", 120, 0),
    _rule("caption", "credit", rf"\b(?:Credit|Photo|Photograph|Picture|Pic|Image|Photo Credit|Image Credit|Courtesy): ?(?:{PICTURE_AGENCIES}|{NAME})$", 80, 0),
    _rule("caption", "credit", rf"\b(?:Credit|Credits) {NAME}(?:, via .{{1,40}})?$", 120, 0),
    _rule("caption", "credit", rf"^(?:{NAME} ?/ ?)?(?:{PICTURE_AGENCIES})(?: ?[/,] ?(?:{PICTURE_AGENCIES}|{NAME}))+$", 14, 0),
    _rule("caption", "credit", rf"^{NAME} ?/ ?{NAME}(?: ?/ ?{NAME})*$", 10, 0),
    _rule("caption", "credit", rf"(?:[.!?”\"] ?|[a-z] ?)(?:{NAME} ?/ ?)(?:{PICTURE_AGENCIES})(?:/(?:{PICTURE_AGENCIES}))*$", 60, 0),
    _rule("caption", "credit", r"[.,]\s?(?:AP|AFP|Reuters|REUTERS|PTI|Getty Images|EPA)$", 50, 0),
    _rule("caption", "credit", rf"^(?:{PHOTO_AGENCIES}|(?:19|20)\d\d {NAME})(?: - [A-Z]\w+)? [A-Z\"“‘'].*{UNENDED}", 45, 0),
    _rule("byline", "agency credit", r"^\W*(?:\(?\s*(?:additional |further )?(?:reporting|writing|editing|compiled|written|reported) by\b|(?:[\w.,'’ &-]{2,120} )?(?:contributed|contributing) (?:reporting|to this (?:report|story|article|post))\b|with (?:reporting|inputs?|files|additional reporting) (?:by|from)\b|\(?with (?:agency|agencies|wire) inputs?)", 60),
    _rule("byline", "author", rf"^(?:By|BY|Story by|Words by|Report by|Analysis by|Posted by|Written by):? ?(?:{NAME}|[A-Z .'’-]+)(?:(?:,| and | for |\s*[|•·]\s*|\s+)(?:{NAME}|[A-Z .'’-]+|{DATE}|{TIME}|updated|published|at|on|@\w+|\d+))*\W*$", 25, 0),
    _rule("byline", "time stamp", rf"^(?:(?:first |last )?(?:published|updated|posted|modified|created|last updated|publish date|date)\b[:\s]*|on )?(?:{TIME},?\s*)?(?:{DATE})(?:[,\s|•·at-]*{TIME})?(?:[\s|•·,]*(?:(?:last )?(?:updated|published|modified)\b[:\s]*)?(?:{DATE})?(?:[,\s|at-]*{TIME})?)?\W*$", 20),
    _rule("byline", "time stamp", rf"^(?:published|updated|posted|last updated|last modified)\b\s*(?::|{TIME}|{DATE}|\d+ (?:minutes?|hours?|days?) ago)", 20),
    _rule("byline", "author", rf"^(?:{NAME}\s*[|•·]\s*)+(?:{NAME}|{DATE}|{TIME})\W*$", 15, 0),
    _rule("furniture", "read more", r"^\W*(?:(?:read|see|watch|hear|listen|find out|learn|get)\s+(?:more|also|next|now|on|the full (?:story|article|interview|report|statement))\b(?:[^.]*$|\s*[:>»|-]|.{0,80}\bhere\b)|more[- ]in$|also read\b|must read\b|related(?: (?:articles?|stor(?:y|ies)|news|links?|content|coverage|video|topics?))?\s*(?:[:|]|$)|related [A-Z]|more(?: (?:on|from|in|about|stories|news|coverage)\b[^.]*)?\s*[:»>]|more (?:on|from|stories)\b[^.]*$|recommended\b\s*[:]?[^.]*$|you (?:may|might) also like|don['’]t miss\b|related (?:articles|stories)|continue reading|keep reading|click (?:here|on|to)\b|tap here|go to (?:the )?(?:full|original) |view (?:the )?(?:full|original|more|gallery|all|comments)\b)", 40),
    _rule("furniture", "read more", r"^(?:READ MORE|READ ALSO|ALSO READ|RELATED|SEE ALSO|WATCH|MORE|VIDEO|PHOTOS|LISTEN|DON['’]T MISS|MORE FROM [A-Z ]+|WATCH LIVE|LIVE|MUST READ|READ)\b\s*(?::|\||-|–|—|>)", 40, 0),
    _rule("furniture", "read more", r"^\[[^\[\]]*[^.!?\[\]]\]$", 25),
    _rule("furniture", "read more", r"^read the original (?:article|story|post) (?:on|at|here)\b", 40),
    _rule("furniture", "watch", r"^\W*(?:watch(?: (?:the|this|a|our|live))? (?:video|trailer|clip|below|above|here|live|it)\b|watch (?:below|above)|scroll (?:down|below) (?:for|to)\b|play(?: video)?\s*$|video player\b|live stream\b|just watched\b)[^\"“]*$", 25),
    _rule("furniture", "subscribe", r"^\W*(?:subscribe|sign ?-?up|register|get (?:our|the) (?:daily|latest|best|top|free|news|breaking|morning|weekly)|join our|become a (?:member|subscriber)|support our|download (?:the|our)\b.{0,40}\bapp|get .{0,40}\bnewsletters?\b|(?:our|the) newsletter|already a (?:subscriber|member)|start your (?:free )?trial|log ?in|sign ?in|to participate in the discussion)\b[^\"“]*$", 40),
    _rule("furniture", "share", r"^\W*(?:(?:read or )?share (?:this|on|it|via|your)\b|share$|shares?:|tweet(?: this)?$|pin it|e-?mail(?: this)?$|print(?: this)?$|(?:like|follow|find|join) (?:us|me|him|her|them)\b|follow .{1,80}\bon (?:twitter|facebook|instagram|snapchat|youtube|linkedin|social media|flipboard|google)|(?:you can )?(?:follow|reach|contact|e-?mail) .{1,60}\b(?:@|at )\S+|facebook$|twitter$|whatsapp$|linkedin$|copy link)", 40),
    _rule("furniture", "comments", r"^\W*(?:(?:\d+ )?comments?(?: \(?\d+\)?)?$|(?:show|view|hide|post|add|leave|write|join|see|read)(?: all| a| your| the)? (?:comments?|conversation|discussion)\b|chats?$|reply$|replies$|have your say|what do you think\W*$|let us know (?:in|what|your)\b|(?:have|got) (?:a|any) (?:tip|story|news|suggestions?|questions?)\b|send (?:us|your)\b|e-?mail us\b|contact us\b|newsfeed$|loader$|loading(?: (?:more|comments))?\W*$)", 40),
    _rule("furniture", "site", r"^\W*(?:home|menu|search|news|world|asia|africa|europe|sport|sports|business|politics|opinion|entertainment|technology|tech|science|health|lifestyle|video|videos|live|live tv|latest news|latest|top stories|most (?:read|popular|viewed|shared)|trending(?: now)?|breaking(?: news)?|editor['’]?s['’]? picks?|popular(?: now)?|tags?|topics?|sections?|sponsored(?: content)?|promoted|advertisement|ads?|skip (?:to|ad)\b.*|back to top|top|next|previous|close|continue|accept|ok|expand|show more|load more|see all|view all|more|cookies?|privacy(?: policy)?|terms(?: (?:of|and) .*)?|about us|contact|help|faq|sitemap|newsletter)s?\W*$", 6),
    _rule("furniture", "site", r"^\W*(?:tags|topics|filed under|categor(?:y|ies)|keywords|posted in|labels|advertisement|sponsored|promoted(?: by)?|source)\s*:", 40),
    _rule("furniture", "site", r"^\W*(?:story continues|article continues|advertisement|continue reading|(?:this |your )?(?:browser|device) does not support|please (?:enable|turn on|disable|update|upgrade|try|subscribe)|(?:javascript|cookies) (?:is|are|must)|we use cookies|by (?:signing up|clicking|submitting|continuing|subscribing)\b|something went wrong|thank(?:s| you) for (?:subscribing|signing|reading|registering)|an error (?:has )?occurred)\b", 60),
    _rule("furniture", "site", r"^\W*(?:track (?:the )?latest|find (?:the )?(?:top|latest|all the)|get (?:the )?(?:latest|all the|breaking|news)|keep up (?:to date|with)|stay (?:up to date|informed|tuned|updated|connected|on top)|check out (?:the|our|all|more|a sample)|for (?:more|all the|the latest|breaking|live)\b.{0,60}\b(?:news|stories|updates?|coverage|information|headlines|visit|follow|click|download)|catch (?:all|the latest)|visit (?:our|the)\b|listen to\b.{0,60}\bpodcast|download the|here['’]s (?:everything|all|what) you need to know\W*$)[^\"“]*$", 60),
    _rule("caption", "kicker", rf"^(?=(?:\S+\s+){{7}})[A-Z][^.:?!]{{2,40}}: [A-Z].*{UNENDED}", 60, 0),
)  # fmt: skip

DATELINE_PLACE = r"[A-Z][A-Z.'’-]+(?:[ /-][A-Z][A-Z.'’-]*)*"
DATELINE_REGION = r"(?:,? (?:[A-Z][\w.'’-]*)(?: (?:and |of |the )?[A-Z][\w.'’-]*)*)"
DATELINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("place and agency", re.compile(rf"(?:[A-Z][\w.'’-]+(?:[ ,/-]{{1,2}}[A-Z(][\w.'’)-]*)*,? )?(?:{DATE},? )?\((?:{AGENCIES}|[A-Z][\w.]{{1,20}}(?: [A-Z][\w.]{{1,20}})?)\)\s*(?:[-–—:]+\s*|(?=[A-Z\"“‘']))")),
    ("place", re.compile(rf"{DATELINE_PLACE}{DATELINE_REGION}?{DATELINE_REGION}?(?:[,:]? {DATE})?\s*(?:—|–|--|-(?=\s))\s*")),
    ("place and colon", re.compile(rf"{DATELINE_PLACE}(?:, [A-Z][\w.'’ -]{{1,30}})?(?:, {DATE})?:(?:\s+|$)")),
)  # fmt: skip
NO_PLACE = re.compile(
    r"(?:WARNING|UPDATED?|EXCLUSIVE|WATCH|VIDEO|PHOTOS?|READ|RELATED|MORE|LIVE|BREAKING|OPINION|ANALYSIS|REVIEW|Q|A|"
    r"NOTE|CORRECTION|EDITOR|SPOILERS?|FILE|QUIZ|POLL|LISTEN|ALSO|SEE|AND|BUT|NOT|THE|TL;DR|[A-Z])\b",
)  # fmt: skip


def match_rule(line: str, n_words: int) -> Rule | None:
    """The first rule that a line's own wording meets, or None."""
    for rule in RULES:
        if n_words <= rule.most_words and rule.pattern.search(line):
            return rule
    return None


def match_dateline(line: str) -> tuple[str, int] | None:
    """The name of the rule and the length of the dateline that opens a line, white space after it included."""
    for name, pattern in DATELINES:
        found = pattern.match(line)
        if found and not (name != "place and agency" and NO_PLACE.match(line)):
            return name, found.end()
    return None
