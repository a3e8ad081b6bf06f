"""What a site prints around its stories: pointers, buttons, forms, menus, blurbs."""

from __future__ import annotations

from samestory.segments.rules.rule import AS_WRITTEN, START, rule
from samestory.segments.vocabulary import either

_UNQUOTED = r"[^\"“]*$"

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
            r"(?:media playback|(?:this |your )?video) (?:is|will|has|could)\b.{0,50}"
            r"(?:unsupported|unavailable|begin|expired|load)",
            r"(?:click|tap) to (?:play|watch|unmute)\b|duration:? \d|\d{1,2}:\d\d\s*$",
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
            r"story highlights|back to top|top|next|(?:view )?(?:photos?|images?|pictures?)|reblog|tweet",
            r"facebook twitter pinterest",
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
            r"(?:-\s*)?continue reading below\b",
            r"(?:(?:story|article) continue[sd]|advertisement|(?:this |your )?(?:browser|device) does not support)\b",
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
            r"(?:here are )?some of our (?:most popular|best|favou?rite)|sponsored by|brought to you by",
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
