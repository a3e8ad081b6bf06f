"""What a format says of author and rights, and the agency that it names."""

from __future__ import annotations

import pytest

from samestory.articles import Article
from samestory.segments import find_agency, segment


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("By THE ASSOCIATED PRESS", "AP"),
        ("REUTERS", "Reuters"),
        ("Jane Roe; Copyright 2021 Agence France-Presse", "AFP"),
        ("Jane Roe and agencies; Copyright 2021 The Echo", None),
        ("Jane Roe, with files from Reuters; Copyright 2021 The Echo", None),
        ("Ann Ash; Ben Birch; Cy Cole; Reuters", None),
        ("Reuters; Ann Ash; Ben Birch; Cy Cole", "Reuters"),
        ("Jane Roe; Bloomberg; Getty Images", None),
        ("The Echo; (c) 2021 Carrow Press", None),
        (";;", None),
        (None, None),
    ],
)
def test_the_agency_of_a_credit(credit: str | None, agency: str | None) -> None:
    article = Article("a", "echo", "It rained in Wesby on Monday, the mayor said.", "x.txt", "text", credit=credit)
    assert find_agency(article, segment(article)) == agency


def test_an_outlet_is_not_its_own_agency() -> None:
    article = Article("a", "Reuters", "It rained.", "x.txt", "text", credit="Reuters")
    assert find_agency(article, segment(article)) is None
