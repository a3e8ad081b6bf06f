"""Pickers and a search field in JupyterLab; elsewhere the same in text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w
from IPython.display import display

from samestory.annotation import Annotations
from samestory.comparison.concordance import ORDERS
from samestory.figures import Kwic
from samestory.figures.style import GREY, INK
from samestory.lab.choosing import ALL_EVENTS, Choice, choose, event_options, outlet_options
from samestory.lab.copies import NotebookLinks, open_notebooks
from samestory.lab.listing import articles_of, find_studies
from samestory.lab.searching import KINDS, look_up, suggestions, voice_options
from samestory.study import Study
from samestory.tables import SEGMENTS

RED = "#b42318"
ELSEWHERE = (  # a page made of a notebook shows no widgets; JupyterLab does, and hides what stands for them
    "<style>.jp-NotebookPanel .samestory-elsewhere {{ display: none }}</style>"
    '<div class="samestory-elsewhere"><p>Run this notebook in JupyterLab to choose. What was chosen here:</p>{}</div>'
)
ROWS = 6  # outlets that are seen at once
ORDER_NAMES = {"place": "as the articles run", "left": "by the words before", "right": "by the words after"}


class Picker:
    """Study, event and outlets to pick; ``notebooks`` are the picked ``choice`` and the copies made for it, if any.

    Copies are made at first, and again when the button is pressed: not at every step of picking.
    """

    def __init__(self, studies: Sequence[Study], choice: Choice) -> None:
        self.notebooks, self.filling = open_notebooks(choice), False
        self.watchers: list[Callable[[], object]] = []  # called after each new choice
        self.studies = {study.folder: study for study in (*studies, choice.study)}
        titles = [(study.title, folder) for folder, study in self.studies.items()]
        self.study = _field(w.Dropdown, "Study", options=titles, value=choice.study.folder)
        self.event = _field(w.Dropdown, "Event")
        self.outlets = _field(w.SelectMultiple, "Outlets", rows=ROWS)
        self.button = _button("Make the notebooks")
        self.message, self.links = w.HTML(), w.Output()
        hint = w.HTML(f'<span style="color:{GREY}">Ctrl or Shift marks several outlets; none marked is all.</span>')
        self.box = w.VBox([self.study, self.event, self.outlets, hint, self.button, self.message, self.links])
        self._fill_events(choice.event, choice.outlets)
        self._show()
        self.study.observe(lambda _: self._on_study(), "value")
        self.event.observe(lambda _: self._on_event(), "value")
        self.outlets.observe(lambda _: self._on_outlets(), "value")
        self.button.on_click(lambda _: self._make())

    def __repr__(self) -> str:
        return repr(self.notebooks)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return _bundle(self.box, self.notebooks)

    def _ipython_display_(self) -> None:
        _display(self._repr_mimebundle_(), self.notebooks)

    @property
    def choice(self) -> Choice:
        """What is picked."""
        return self.notebooks.choice

    def _on_study(self) -> None:
        self._fill_events()
        self._pick()

    def _on_event(self) -> None:
        if not self.filling:
            self._fill_outlets(self.outlets.value)
            self._pick()

    def _on_outlets(self) -> None:
        if not self.filling:
            self._pick()

    def _fill_events(self, event: str = "", outlets: Sequence[str] = ()) -> None:
        """The events of the study that is picked; none where it was never annotated."""
        articles = articles_of(self.studies[self.study.value])
        events = [] if articles is None else event_options(articles)
        self._fill(self.event, [(ALL_EVENTS, ""), *((name, name) for name in events)], event)
        self._fill_outlets(outlets)

    def _fill_outlets(self, marked: Sequence[str]) -> None:
        """The outlets that tell of the event that is picked; of those marked the ones that do stay so."""
        study = self.studies[self.study.value]
        articles = articles_of(study)
        codes = [] if articles is None else outlet_options(articles, self.event.value)
        kept = tuple(code for code in codes if code in marked)
        self._fill(self.outlets, [(study.outlet_name(code), code) for code in codes], kept)

    def _fill(self, field: Any, options: list[tuple[str, str]], value: Any) -> None:
        self.filling = True
        field.options, field.value = options, value
        self.filling = False

    def _pick(self) -> None:
        """Take what the fields say."""
        self.links.outputs = ()
        try:
            choice = choose(self.studies[self.study.value], self.event.value, self.outlets.value)
        except ValueError as error:
            self.button.disabled, self.message.value = True, _status(str(error), RED)
            return
        self.notebooks, self.button.disabled = NotebookLinks(choice, ()), False
        self.message.value = _status(f"{choice}. The button makes its notebooks.")
        for watcher in self.watchers:
            watcher()

    def _make(self) -> None:
        try:
            self.notebooks = open_notebooks(self.choice)
        except OSError as error:
            self.message.value = _status(f"not made: {error}", RED)
            return
        self._show()

    def _show(self) -> None:
        self.message.value = _status("Ready to open; a notebook that was there before is as you left it.")
        self.links.outputs = (_output(self.notebooks),)  # JupyterLab opens links in place where they stand in outputs


class Search:
    """A word, cue, label or measure looked up in what a picker has picked; ``found`` is what was found last."""

    def __init__(self, picker: Picker, kind: str, what: str) -> None:
        self.picker, self.filling = picker, False
        self.view = _view_of(picker.choice)
        self.kind = _field(w.Dropdown, "Look up a", options=KINDS, value=kind)
        self.what = _field(w.Combobox, "Which", value=what, placeholder="then Enter; saf* finds safe and safety")
        self.outlet = _field(w.Dropdown, "Outlet")
        segments = [("headline, deck and body", ""), *((name, name) for name in SEGMENTS)]
        self.segment = _field(w.Dropdown, "Segment", options=segments)
        self.voice = _field(w.Combobox, "Voice", placeholder="any; outlet, source, or a source's name")
        orders = [(ORDER_NAMES[name], name) for name in ORDERS]
        self.order = _field(w.Dropdown, "Sorted", options=orders)
        self.button = _button("Look up")
        self.message, self.places = w.HTML(), w.HTML(layout=w.Layout(max_width="100%"))
        pairs = ((self.kind, self.what), (self.outlet, self.segment), (self.voice, self.order))
        wrapped = [w.HBox(pair, layout=w.Layout(flex_flow="row wrap")) for pair in pairs]
        self.box = w.VBox([*wrapped, self.button, self.message, self.places])
        self._fill()
        self.found = look_up(self.view, kind, what)
        self.places.value = self.found.html()
        for field in (self.kind, self.what, self.outlet, self.segment, self.voice, self.order):
            field.observe(lambda change: self._on_field(change.owner), "value")
        self.button.on_click(lambda _: self._look_up())
        picker.watchers.append(self._on_choice)

    def __repr__(self) -> str:
        return repr(self.found)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return _bundle(self.box, self.found)

    def _ipython_display_(self) -> None:
        _display(self._repr_mimebundle_(), self.found)

    def _fill(self) -> None:
        """What the fields offer: outlets and voices of the choice, what can be looked up by name."""
        self.filling = True
        names, kept = sorted(self.view.articles.outlet.unique()), self.outlet.value
        self.outlet.options = [("all outlets", ""), *((name, name) for name in names)]
        self.outlet.value = kept if kept in names else ""
        self.voice.options = voice_options(self.view)
        self.what.options = suggestions(self.view, self.kind.value)
        self.filling = False

    def _on_choice(self) -> None:
        self.view = _view_of(self.picker.choice)
        self._fill()
        self._look_up()

    def _on_field(self, field: w.Widget) -> None:
        if self.filling:
            return
        if field is self.kind:
            self.what.options = suggestions(self.view, self.kind.value)
        self._look_up()

    def _look_up(self) -> None:
        self.places.value = ""
        if not self.what.value.strip():
            self.message.value = _status(f"Which {self.kind.value}?")
            return
        try:
            self.found = look_up(
                self.view,
                self.kind.value,
                self.what.value,
                outlet=self.outlet.value,
                segment=self.segment.value,
                voice=self.voice.value,
                order=self.order.value,
            )
        except ValueError as error:
            self.message.value = _status(str(error), RED)
            return
        self.message.value, self.places.value = _status(self.found.counted), self.found.html()


def open_picker(choice: Choice, roots: Sequence[str | Path] = ()) -> Picker:
    """Pickers of the studies at or below some folders, at a choice, whose notebooks are made."""
    return Picker(find_studies(roots, choice.study.results.parent), choice)


def open_search(picker: Picker, kind: str, what: str) -> Search:
    """A search field over what a picker has picked, at a first search; see :func:`samestory.lab.look_up`."""
    return Search(picker, kind, what)


def _view_of(choice: Choice) -> Annotations:
    return choice.study.view(choice.event, list(choice.outlets))


def _field(kind: type, label: str, **options: Any) -> Any:
    typed = {"continuous_update": False} if kind is w.Combobox else {}
    layout = w.Layout(width="27em", max_width="calc(100% - 4px)")
    return kind(description=label, style={"description_width": "5.5em"}, layout=layout, **typed, **options)


def _button(label: str) -> w.Button:
    return w.Button(description=label, button_style="primary", layout=w.Layout(width="auto", align_self="flex-start"))


def _status(text: str, colour: str = INK) -> str:
    return f'<span role="status" style="color:{colour}">{escape(text)}</span>'


def _output(shown: NotebookLinks) -> dict[str, Any]:
    data = {"text/plain": repr(shown), "text/html": shown.html()}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _bundle(box: w.Box, shown: NotebookLinks | Kwic) -> dict[str, Any]:
    """Widgets where there are any, and what they show in HTML and in text."""
    return {**box._repr_mimebundle_(), "text/plain": repr(shown), "text/html": shown.html()}


def _display(bundle: dict[str, Any], shown: NotebookLinks | Kwic) -> None:
    """Show widgets, and what they show once more for where there are none."""
    display(bundle, raw=True)
    display({"text/html": ELSEWHERE.format(shown.html())}, raw=True)
