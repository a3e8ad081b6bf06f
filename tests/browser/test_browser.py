"""The instruments of the other tests here: they see what they are there to see."""

from __future__ import annotations


def test_what_a_page_does_wrong_is_seen(page):
    page.set_content('<title>t</title><img src="https://example.org/x.png"><script>console.error("aloud")</script>')
    assert "aloud" in page.said
    assert "https://example.org/x.png" in page.said


def test_what_axe_finds_serious_is_seen(page, violations):
    page.set_content('<html lang="en"><title>t</title><main><h1>Pale</h1><p style="color:#bbb">hardly seen</p></main>')
    assert [found["rule"] for found in violations(page)] == ["color-contrast"]
