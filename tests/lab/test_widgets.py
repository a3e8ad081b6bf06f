"""Pickers and search: what is picked is what is shown, and everything stands in the text as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.lab import choose, look_up
from samestory.lab.searching import suggestions, voice_options
from samestory.lab.widgets import Picker, Search, open_picker, open_search
from samestory.measures import MEASURES
from samestory.study import Study


@pytest.fixture
def picker(study: Study) -> Picker:
    return open_picker(choose(study, "mill-fire"), [study.folder.parent])


@pytest.fixture
def search(picker: Picker) -> Search:
    return open_search(picker, "word", "fire")


def test_at_first_it_shows_the_choice_it_was_given_and_its_notebooks(picker: Picker):
    assert (picker.study.label, picker.event.value, picker.outlets.value) == (
        "Two events, two outlets",
        "mill-fire",
        (),
    )
    assert dict(picker.event.options) == {"all events": "", "ferry": "ferry", "mill-fire": "mill-fire"}
    assert "explore/mill-fire/2_sourcing.ipynb" in picker.links.outputs[0]["data"]["text/html"]


def test_picking_makes_no_file_and_the_button_does(picker: Picker, study: Study):
    explore = study.results / "explore"
    picker.event.value = "ferry"
    picker.outlets.value = ("wire",)
    assert "ferry, wire (1 article)" in picker.message.value and not picker.links.outputs
    assert "ferry" in repr(picker) and not (explore / "ferry+wire").exists()
    picker.button.click()
    assert (explore / "ferry+wire" / "2_sourcing.ipynb").is_file()
    assert "ferry%2Bwire/2_sourcing.ipynb" in picker.links.outputs[0]["data"]["text/html"]
    assert "ferry+wire/2_sourcing.ipynb" in repr(picker)


def test_marked_outlets_stay_marked_on_another_event(picker: Picker):
    picker.outlets.value = ("wire",)
    picker.event.value = "ferry"
    assert picker.outlets.value == ("wire",) and picker.choice.outlets == ("wire",)


def test_a_study_without_tables_says_what_to_do_and_another_can_be_picked(picker: Picker, study: Study):
    other = study.folder.parent / "young"
    other.mkdir()
    (other / "study.toml").write_text('[study]\nname = "young"\n', encoding="utf-8")
    both = open_picker(picker.choice, [study.folder.parent])
    both.study.value = other
    assert "not annotated yet" in both.message.value and both.button.disabled
    both.study.value = study.folder
    assert not both.button.disabled and both.choice.event == ""


def test_shown_as_widgets_html_and_a_text_that_is_the_same_every_time(picker: Picker, study: Study, search: Search):
    again = open_picker(choose(study, "mill-fire"), [study.folder.parent])
    bundles = [picker._repr_mimebundle_(), again._repr_mimebundle_()]
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]
    for kind in ("text/plain", "text/html"):
        assert bundles[0][kind] == bundles[1][kind]
    assert search._repr_mimebundle_()["text/plain"].startswith("word fire: 2 places")


def test_a_search_follows_its_fields(search: Search):
    assert search.found.total == 2
    search.outlet.value = "lantern"
    assert search.found.total == 0 and "outlet lantern: 0 places" in search.message.value
    search.outlet.value = ""
    search.what.value = "kill*"
    assert search.found.total == 2
    search.voice.value = "source"
    assert search.found.data.keyword.tolist() == ["killed"] and "killed" in search.places.value
    search.order.value = "right"
    search.segment.value = "headline"
    assert search.found.total == 0


def test_another_kind_looks_for_the_same_and_suggests(search: Search):
    search.kind.value = "cue"
    assert "cue fire: 0 places" in search.message.value and "hedge" in search.what.options
    search.what.value = " "
    assert "Which cue?" in search.message.value and search.places.value == ""
    search.what.value = "hedge"
    assert search.found.data.keyword.tolist() == ["may"]


def test_a_search_follows_the_picker(search: Search, picker: Picker):
    search.what.value = "ferry"
    assert search.found.total == 0
    search.outlet.value = "wire"
    picker.event.value = "ferry"
    assert search.found.total == 2 and search.outlet.value == "wire"


def test_what_is_wrong_with_a_search_is_said_and_escaped(search: Search):
    search.voice.value = "<b>nobody</b>"
    assert "no voice &#x27;&lt;b&gt;nobody" in search.message.value and search.places.value == ""


def test_what_can_be_looked_up(search: Search):
    view = search.view
    assert suggestions(view, "measure") == list(MEASURES)
    assert suggestions(view, "label") == ["anna", "fire"] and suggestions(view, "word") == []
    assert voice_options(view)[:2] == ["outlet", "source"] and "anna" in voice_options(view)
    with pytest.raises(ValueError, match="nothing is looked up by 'verb'; look up a word, a cue, a label, a measure"):
        look_up(view, "verb", "x")


def test_the_plain_functions_need_no_widgets(root: Path):
    import subprocess
    import sys

    code = "import sys, samestory.lab; sys.exit('ipywidgets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_where_there_are_no_widgets_what_they_show_stands_for_them(
    picker: Picker, search: Search, monkeypatch: pytest.MonkeyPatch
):
    shown: list[dict[str, str]] = []
    monkeypatch.setattr("samestory.lab.widgets.display", lambda data, raw: shown.append(data))
    picker._ipython_display_()
    search._ipython_display_()
    widgets, links, more, places = shown
    assert "application/vnd.jupyter.widget-view+json" in widgets and "application/vnd.jupyter.widget-view+json" in more
    assert "2_sourcing.ipynb" in links["text/html"] and "word fire" in places["text/html"]
    assert all(list(one) == ["text/html"] and "in JupyterLab" in one["text/html"] for one in (links, places))
