"""Segments: every character once, and what a person would call each part of a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.articles import Article, Field, read
from samestory.articles.draft import join_fields
from samestory.segments import count_words, segment

PAGE = """Harbour Post
Home | News | Sport | Opinion
Old quay closed after a blast kills two

By Ann Roe and Karl Teske
2 March 2019, 10.20 a.m.

The old quay on Saturday. Photograph: Jon Elster/Harbour Post

SKARNE (AP) - Two people were killed on Saturday when a tank blew up on the old quay, the police said in a statement.

"Subscribe to nothing they tell you," said Rolf Dyer, whose brother worked there. "Sign up and you are lost."

What is known

The quay was closed for the night, and ships were sent on to other places along the coast of the strait.

READ MORE: The long history of the old quay

The mayor, Jane Roe, came at noon to see what was left of the sheds.

Two people were killed on Saturday when a tank blew up on the old quay, the police said in a statement.

Correction: an earlier version of this page gave the wrong day.
Sign up for our weekly letter from the coast
Share
© 2019 Harbour Post
Заголовок материала
"""


def article(text: str, outlet: str = "harbour-post", fields: tuple[Field, ...] = ()) -> Article:
    return Article("t", outlet, text, "t.txt", "text", fields=fields)


def roles(one: Article) -> dict[str, str]:
    """The role of each line, by the line; a line in two parts has the role of its end."""
    table = segment(one)
    found = {}
    for row in table.itertuples():
        for line in one.text[row.start : row.end].splitlines():
            if line.strip():
                found[line.strip()] = row.segment
    return found


def test_a_pasted_page_in_its_parts() -> None:
    found = roles(article(PAGE))
    again = "Two people were killed on Saturday when a tank blew up on the old quay, the police said in a statement."
    assert {line: role for line, role in found.items() if role not in ("body", "dateline")} == {
        "Harbour Post": "furniture",
        "Home | News | Sport | Opinion": "furniture",
        "Old quay closed after a blast kills two": "headline",
        "By Ann Roe and Karl Teske": "byline",
        "2 March 2019, 10.20 a.m.": "byline",
        "The old quay on Saturday. Photograph: Jon Elster/Harbour Post": "caption",
        "READ MORE: The long history of the old quay": "furniture",
        again: "repeat",
        "Correction: an earlier version of this page gave the wrong day.": "notice",
        "Sign up for our weekly letter from the coast": "furniture",
        "Share": "furniture",
        "© 2019 Harbour Post": "notice",
        "Заголовок материала": "furniture",
    }
    assert found["SKARNE (AP) -"] == "dateline"
    assert found["What is known"] == "body"


def test_people_who_say_subscribe_are_body() -> None:
    quoted = (
        '"Subscribe to nothing they tell you," said Rolf Dyer, whose brother worked there. "Sign up and you are lost."'
    )
    assert roles(article(PAGE))[quoted] == "body"


def test_a_second_body_is_one_repeat_of_the_first() -> None:
    paragraphs = [
        "The mill in the old town burnt down on Thursday, and nine people died.",
        "What is known",
        "A guard had locked the door of the upper floor, the workers' union said.",
        "The owner said nothing, and would not come to the telephone on Friday.",
    ]
    first = "\n".join(paragraphs)
    table = segment(article(f"{first}\n(This story has not been edited by staff.)\n{first}\n"))
    assert list(table.segment) == ["body", "body", "body", "notice", "repeat"]
    repeat = table.iloc[-1]
    assert (repeat.repeat_of_start, repeat.repeat_of_end) == (0, len(first))


def test_a_deck_that_the_body_says_again_is_the_repeat() -> None:
    deck = "Nine people died when the mill in the old town burnt down on Thursday..."
    body = (
        "Nine people died when the mill in the old town burnt down on Thursday, police said.\nThe door had been locked."
    )
    text, fields = join_fields({"headline": "Mill burns", "deck": deck, "body": body})
    table = segment(article(text, fields=fields))
    assert list(table.segment) == ["headline", "repeat", "body"]
    assert text[int(table.repeat_of_start[1]) : int(table.repeat_of_end[1])].startswith(deck[:-3])


def pieces(text: str) -> list[tuple[str, str]]:
    """Segment and text of each piece, white space at its ends left out."""
    one = article(text)
    return [(row.segment, text[row.start : row.end].strip()) for row in segment(one).itertuples()]


STORY = """The ferry ran aground on Sunday night with ninety people on board, the coast guard said.
A tug pulled it free when the tide came in, shortly before six in the morning.
Nobody was hurt, and all of the passengers were taken ashore in two of the town's own boats.
"""


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "Photos: The ferry at dawn A tug waits beside the ferry at dawn. Hide Caption 3 of 7",
            ["furniture", "caption", "furniture"],
        ),
        ("Enlarge this image toggle caption Jon Elster/AP A tug waits beside the ferry.", ["furniture", "caption"]),
        (
            "Its owner said on Monday that he would sell the old ferry. MOST READ IN NEWS WET FEET Woman walks "
            "across the bay OH BUOY Boy finds a bottle with a letter in it",
            ["body", "furniture"],
        ),
        (
            "Our letter: sign up here for news of the bay Please enter an address Invalid e-mail Try again later "
            "You agree to receive special offers from the harbour and its friends",
            ["furniture"],
        ),
        (
            "Home Harbour Weather Tides North Coast Ferries Harbour Fish Prices Opinion Letters To The Harbour Post "
            "Sailing Rowing Swimming Lifeboats Our Members Our Shop Old Maps Sea Charts Museum Aquarium Town Hall",
            ["furniture"],
        ),
    ],
)
def test_lines_made_of_several_things_are_cut(line: str, parts: list[str]) -> None:
    text = f"{STORY}{line}\nThe harbour will stay open, the council said on Monday.\n"
    table = segment(article(text))
    start = text.index(line)
    assert table[(table.start < start + len(line)) & (table.end > start)].segment.tolist() == parts


def test_a_sentence_that_stands_again_within_a_paragraph_is_a_repeat() -> None:
    again = "A tug pulled it free when the tide came in, shortly before six in the morning."
    found = pieces(STORY + f"The town was awake by then. {again} Children waved from the pier.\n")
    assert ("repeat", again) in found
    assert [role for role, text in found if "Children waved" in text] == ["body"]


def test_a_caption_put_together_from_sentences_of_the_story_is_the_copy_even_where_it_stands_first() -> None:
    lead, second, third = STORY.strip().splitlines()
    found = pieces(f"{lead} {third}\n{lead}\n{second}\n{third}\n")
    assert [role for role, _ in found] == ["repeat", "repeat", "body"]
    assert found[-1] == ("body", f"{lead}\n{second}\n{third}")


def test_a_sentence_on_the_picture_makes_its_line_a_caption() -> None:
    line = "The ferry had been built for calmer waters. Pictured, the ferry in its first year."
    assert ("caption", line) in pieces(STORY + line + "\nThe council will meet on Tuesday to talk about a new one.\n")


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Lesen Sie auch: Was über die Fähre bekannt ist", "furniture"),
        ("Jetzt abonnieren", "furniture"),
        ("Foto: Jan Kestler/dpa", "caption"),
        ("Alle Rechte vorbehalten.", "notice"),
        ("Abonnez-vous à notre lettre du matin", "furniture"),
        ("Par Anne Delorme et Luc Vasseur", "byline"),
        ("Tous droits réservés", "notice"),
        ("Te puede interesar: La historia del puerto viejo", "furniture"),
        ("Por Marta Solís", "byline"),
        ("Lees ook: De veerboot voer al vijftig jaar", "furniture"),
        ("Publicado el 3 de mayo de 2019", "byline"),
        ("Читайте также: История старого парома", "furniture"),
        ("Подписаться", "furniture"),
        ("La barca encalló el domingo por la noche con noventa personas a bordo, dijo la guardia costera.", "body"),
        ("Von den Fahrgästen wurde niemand verletzt, teilte die Küstenwache am Montag mit.", "body"),
    ],
)
def test_wording_in_other_languages(line: str, role: str) -> None:
    paragraphs = [
        "La ferryboat se ha posato su una secca domenica sera con novanta persone a bordo, hanno detto le autorità.",
        "Un rimorchiatore l'ha liberata con l'alta marea poco prima delle sei del mattino di lunedì scorso.",
    ]
    assert roles(article("\n".join([paragraphs[0], line, paragraphs[1]])))[line] == role


def test_paragraphs_of_writing_without_spaces_are_body() -> None:
    text = "渡轮星期日晚上搁浅，船上有九十人。\n拖船在涨潮时把它拉开。\n没有人受伤。"
    assert set(segment(article(text)).segment) == {"body"}


def test_a_line_set_off_under_the_headline_is_the_deck() -> None:
    heading, deck = "Ferry aground in the bay?", "Ninety people waited for the tide, and for breakfast."
    found = roles(article(f"{heading}\n\n{deck}\n\n{STORY}The council will talk about a new ferry on Tuesday.\n"))
    assert (found[heading], found[deck]) == ("headline", "deck")
    spaced = roles(article(f"{heading}\n\n{deck}\n\n" + STORY.replace("\n", "\n\n")))
    assert spaced[deck] == "body"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Ann Roe is a reporter at the Harbour Post.", "byline"),
        ("Karl Teske can be reached at karl@harbour.example", "byline"),
        ("-- By Ann Roe", "byline"),
        ("(See pictures of the ferry.)", "furniture"),
        ("Loading the tides ...", "furniture"),
        ("This article originally appeared in the Bay Weekly.", "notice"),
    ],
)
def test_lines_at_the_end_of_a_story(line: str, role: str) -> None:
    assert roles(article(f"{STORY}{line}\n"))[line] == role


def test_what_readers_wrote_is_furniture() -> None:
    comments = [
        "I was on board.",
        "Posted by: Ann, 3 May 2019",
        "So was I, and it was cold.",
        "Posted by: Karl, 4 May 2019",
    ]
    found = roles(article(STORY + "\n".join(comments)))
    assert [found[line] for line in comments[1:]] == ["furniture"] * 3
    assert (
        found["Nobody was hurt, and all of the passengers were taken ashore in two of the town's own boats."] == "body"
    )


def test_headings_that_begin_like_buttons_are_body() -> None:
    found = roles(article(f"{STORY}Share Your Boat\nRead on the Water\n{STORY.upper()}"))
    assert (found["Share Your Boat"], found["Read on the Water"]) == ("body", "body")


def test_titles_below_a_widget_after_the_story_are_furniture_and_verses_are_not() -> None:
    titles = [
        "Old lighthouse finds a buyer after nine years on offer",
        "Why herring prices have doubled since the winter storms",
        "Choir of the north quay sings for the last time",
        "Swimmers want the sea bath open before the first of June",
        "Mayor promises new benches for every bus stop in town",
    ]
    below = roles(article(f"{STORY}Share this story\n" + "\n".join(titles)))
    assert {below[title] for title in titles} == {"furniture"}
    song = ["The ferry lies on the sand tonight", "And all the gulls are home", "We wait for tide and morning light,"]
    verses = roles(article(STORY + "They sang:\n" + "\n".join(song) + "\nThe harbour knows its own.\n"))
    assert {verses[line] for line in song} == {"body"}


def test_points_under_story_highlights_are_deck() -> None:
    points = "Story highlights Ninety people were on board\nNobody was hurt, the coast guard says"
    assert segment(article(f"{points}\n(CNN) {STORY}")).segment.tolist() == ["furniture", "deck", "dateline", "body"]


def test_a_headline_with_a_colon_is_no_caption() -> None:
    line = "Ferry aground: Ninety people wait for the tide in the bay"
    assert roles(article(f"{line}\n\nBy Ann Roe\n\n{STORY}"))[line] == "headline"


def test_a_record_without_a_body_tells_its_story_in_the_deck() -> None:
    text, fields = join_fields({"headline": "Ferry aground", "deck": "SKARNE (AP) - " + STORY})
    assert segment(article(text, fields=fields)).segment.tolist() == ["headline", "dateline", "body"]


def test_a_tweet_that_the_story_quoted_before_is_a_repeat_and_one_of_its_own_outlet_furniture() -> None:
    quoted = "Nobody should have to spend a night on a sandbank, the minister wrote."
    tweet = "Nobody should have to spend a night on a sandbank — Ann Roe (@annroe) May 3, 2019"
    own = "How the ferry ran aground, step by step — Harbour Post (@harbourpost) May 3, 2019"
    text = f"{STORY}{quoted}\n{tweet}\n{own}\nThe council will meet on Tuesday, it said on Monday.\n"
    found = pieces(text)
    assert ("repeat", "Nobody should have to spend a night on a sandbank") in found
    assert ("furniture", f"— Ann Roe (@annroe) May 3, 2019\n{own}") in found or ("furniture", own) in found


def test_tweets_without_a_full_stop_stay_in_the_story() -> None:
    said = [
        "The whole town is on the pier tonight and nobody wants to go home",
        "My cousin is on that boat and says the soup was very good",
        "They should have listened to the pilot when he warned them in March",
        "Tide is coming in now and the lights are moving at last",
    ]
    tweets = [f"{text} pic.twitter.com/{n}abcdef — Ann (@ann{n})" for n, text in enumerate(said)]
    text = "\n".join(
        f"{line}\n{tweet}" for line, tweet in zip([*STORY.splitlines(), "It was cold."], tweets, strict=True)
    )
    found = pieces(text + "\nThe council will meet on Tuesday.\n")
    assert {role for role, text in found if "pic.twitter" in text} == {"body"}


def test_a_title_in_capitals_is_no_dateline() -> None:
    found = pieces(STORY + "HARBOUR SEASON TICKETS - 2019 (ADULTS + CHILDREN)\nThe council meets on Tuesday.\n")
    assert "dateline" not in {role for role, _ in found}


def test_paragraphs_that_differ_in_a_number_are_no_repeat() -> None:
    lines = [f"In ward {n} the party took {n} hundred votes more than it had taken before." for n in (1, 2, 3)]
    assert set(segment(article("\n".join(lines))).segment) == {"body"}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("(Image: Ann Roe)", "caption"),
        ("The quay on Saturday. (Ann Roe/Reuters)", "caption"),
        ("Getty Images The mayor walks along the quay on Saturday", "caption"),
        ("Happy time: The couple were seen on the quay last October", "caption"),
        ("Published: 10:20 GMT, 5 February 2018", "byline"),
        ("Reporting by Ann Roe; Editing by Karl Teske", "byline"),
        ("All rights reserved. This material may not be published, broadcast or rewritten.", "notice"),
        ("WARNING! Some of the images below contain graphic content!", "notice"),
        ("Follow Ann Roe on Twitter @annroe", "byline"),
        ("Follow us on Twitter @harbourpost", "furniture"),
        ("Please enable JavaScript to see the comments.", "furniture"),
        ("[The mayor denies it all]", "furniture"),
        ("Sign\u00a0up for our newsletter", "furniture"),
        ("Follow the money, the prosecutor told the court.", "body"),
        ("Share prices fell by a tenth on Friday, traders said.", "body"),
        ("Copyrights of the songs were sold by the family in May.", "body"),
        ("Photographers were told to leave the court on Monday.", "body"),
        ("By Monday the water had reached the market square.", "body"),
        ("Register of members' interests was not kept, the court heard.", "body"),
        ("Home to nine families, the house was built in 1890.", "body"),
        ("News of the fire reached the village before noon.", "body"),
        ("Video of the fire was seen by a million people in a day.", "body"),
        ("Get the money first, he had been told by his lawyer.", "body"),
    ],
)
def test_single_lines(line: str, role: str) -> None:
    around = "The mill in the old town burnt down on Thursday, the police said."
    after = "Nobody was hurt when the roof of the old building came down."
    assert roles(article(f"{around}\n{line}\n{after}"))[line] == role


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("ALMATY:\nThe police said on Monday that four people had died.", "ALMATY:"),
        ("WASHINGTON — The police said on Monday that four people had died.", "WASHINGTON —"),
        ("SEOUL, South Korea — The police said that four people had died.", "SEOUL, South Korea —"),
        ("SEOUL/TOKYO, Aug 30 (Reuters) - The police said that four had died.", "SEOUL/TOKYO, Aug 30 (Reuters) -"),
        ("(CNN) The police said on Monday that four people had died.", "(CNN)"),
        ("New Delhi: The police said on Monday that four had died.", "New Delhi:"),
        ("Paris – The police said on Monday that four had died.", "Paris –"),
        ("Paris - which met on Monday - said that four people had died.", None),
        ("UPDATE: The police said on Monday that four people had died.", None),
        ("The UN — which met on Monday — said that four people had died.", None),
    ],
)
def test_datelines(opening: str, dateline: str | None) -> None:
    table = segment(article(opening + "\nThe mayor said no more than that on Tuesday."))
    found = [opening[row.start : row.end].strip() for row in table.itertuples() if row.segment == "dateline"]
    assert found == ([dateline] if dateline else [])


def test_speakers_of_a_transcript_are_no_datelines() -> None:
    text = "ANN ROE:\nWhat did you see there?\nKARL TESKE: I saw the mill burn.\nANN ROE: And then what did you do?"
    assert set(segment(article(text)).segment) == {"body"}


LINES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(PAGE.splitlines()),
        st.lists(
            st.sampled_from(
                ["Police", "said", "the", "mill", "burnt", "down.", "AP", "/", "©", "By", "2018", "(CNN)", "-"]
            ),
            max_size=12,
        ).map(" ".join),
    ),
    max_size=12,
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85", " \n"])


@settings(deadline=None, max_examples=60)
@given(LINES, ENDS, st.booleans())
def test_segments_are_a_partition_of_any_text(lines: list[str], end: str, with_fields: bool) -> None:
    text, fields = end.join(lines), ()
    if with_fields:
        text, fields = join_fields({"headline": text[:10], "deck": text[10:20], "body": text[20:]})
    table = segment(article(text, fields=fields))
    assert "".join(text[row.start : row.end] for row in table.itertuples()) == text
    assert list(table.start[1:]) == list(table.end[:-1])
    assert (table.end > table.start).all()
    assert not any(text[start].isspace() for start in table.start[1:])
    for row in table[table.segment == "repeat"].itertuples():
        assert 0 <= row.repeat_of_start < row.repeat_of_end <= len(text)
        assert row.repeat_of_end <= row.start or row.repeat_of_start >= row.end
    assert table.equals(segment(article(text, fields=fields)))


def test_a_very_large_text_ends_in_time() -> None:
    lines = [
        "The same thing was said again and again by all of them.",
        "Word " * 2000,
        "A.B-" * 5000,
        "Credit AP/" * 3000,
    ]
    text = "\n".join(lines * 8)
    assert segment(article(text)).end.max() == len(text)


def test_words_are_counted_by_segment() -> None:
    one = article("Old quay closed after a blast\n\nThe quay was shut - for 2 nights, it's said.\nShare\n")
    table = segment(one)
    assert count_words(one.text, table, ("headline",)) == 6
    assert count_words(one.text, table, ("body",)) == 9
    assert count_words(one.text, table) == 15
    assert count_words(one.text) == 16


@pytest.mark.parametrize(("name", "words"), [("ndtv", 435), ("sputnik", 261)])
def test_the_founding_pages(shared: Path, name: str, words: int) -> None:
    [one] = read(shared / "corpora" / "almaty" / f"{name}.txt").articles
    table = segment(one)
    assert count_words(one.text, table, ("body",)) == pytest.approx(words, rel=0.03)
    kinds = list(table.segment)
    if name == "ndtv":
        assert kinds == ["repeat", "dateline", "body", "notice", "repeat", "notice", "repeat", "furniture"]
        second = table.iloc[4]
        assert second.end - second.start >= second.repeat_of_end - second.repeat_of_start > 2000
    else:
        assert [kinds.count(kind) for kind in ("headline", "caption", "repeat", "notice")] == [1, 1, 1, 1]
        assert kinds[-1] == "furniture"
