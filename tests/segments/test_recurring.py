"""Blocks that an outlet prints around every story are found in its batch, whatever they say."""

from __future__ import annotations

from samestory import annotate
from samestory.articles.record import Article
from samestory.segments import find_recurring, segment

STORIES = [
    "The council voted on Monday to close the old swimming hall by the river.\n"
    "Opponents of the plan filled the gallery and held up photographs of the building.\n"
    "The mayor said that repairs would cost more than a new hall.",
    "A freight train left the rails near the northern border early on Friday.\n"
    "Nobody was hurt, but the line will stay closed for at least a week, the railway said.\n"
    "Engineers are examining a bearing that overheated.",
    "Farmers in the valley expect the poorest harvest of apples in a decade.\n"
    "A late frost in May destroyed most of the blossom, growers said on Tuesday.\n"
    "Prices have begun to climb in the markets of the capital.",
]
BLOCK = "Glimmerpost friends of the quarter: 12 pebbles thrown this week"


def articles(block: str, stories=STORIES, outlet: str = "glimmerpost") -> list[Article]:
    blocks = [block.replace("12", str(12 + n)) for n in range(len(stories))]
    texts = [f"{story}\n{own}\nThe story ends here at last." for story, own in zip(stories, blocks, strict=True)]
    return [Article(f"{outlet}{n}", outlet, text, f"{n}.txt", "text") for n, text in enumerate(texts)]


def role_of(article: Article, words: str, recurring=()) -> tuple[str, str]:
    rows = segment(article, recurring)
    at = article.text.index(words)
    row = rows[(rows.start <= at) & (rows.end > at)].iloc[0]
    return row.segment, row.rule


def test_a_block_in_three_stories_of_an_outlet_is_furniture() -> None:
    batch = articles(BLOCK)
    keys = find_recurring(batch)
    for article in batch:
        assert role_of(article, "Glimmerpost friends") != ("furniture", "recurs in the outlet's articles")
        assert role_of(article, "Glimmerpost friends", keys[article.article_id]) == (
            "furniture",
            "recurs in the outlet's articles",
        )
        assert role_of(article, article.text[:20], keys[article.article_id])[0] == "body"


def test_two_stories_or_two_outlets_do_not_make_a_block() -> None:
    assert find_recurring(articles(BLOCK)[:2]) == {}
    mixed = [*articles(BLOCK)[:2], *articles(BLOCK, STORIES[2:], "other")]
    assert find_recurring(mixed) == {}


def test_copies_of_one_story_are_one_story() -> None:
    copies = [
        Article(f"c{n}", "glimmerpost", STORIES[0] + f"\nVersion {'abc'[n]} of the report.", f"{n}.txt", "text")
        for n in range(3)
    ]
    assert find_recurring(copies) == {}


def test_the_outlets_background_in_mid_story_needs_more_stories() -> None:
    background = "The dispute over the harbour began when the ministry sold the old docks to a company from abroad."
    longer = [f"{story}\n{background}\n{story[::-1]}\n{story.upper()}" for story in STORIES]
    batch = [Article(f"b{n}", "glimmerpost", text, f"{n}.txt", "text") for n, text in enumerate(longer)]
    assert find_recurring(batch) == {}


def test_annotating_a_batch_uses_what_its_articles_have_in_common() -> None:
    batch = articles(BLOCK)
    together, alone = annotate(batch), annotate(batch[:1])
    assert "recurs in the outlet's articles" in set(together.segments.rule)
    assert "recurs in the outlet's articles" not in set(alone.segments.rule)
    assert together.articles.n_body_words.iloc[0] < alone.articles.n_body_words.iloc[0] + 1
