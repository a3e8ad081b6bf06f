"""The coding view in JupyterLab: one sentence at a time, saved into the coder's CSV at every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w

from samestory.coding.questions import Question
from samestory.coding.session import Session, answer, open_session
from samestory.coding.sheets import NOTE
from samestory.files import plain_cell

GREY, INK, RED = "#6b7280", "#1f2430", "#b42318"


class Panel:
    """The inputs of one sentence. Of two panels one is shown, and the other keeps its sentence for a while yet.

    What a coder typed can reach the kernel after the click that goes on to the next sentence; it then still belongs to
    the panel, and so to the sentence, that it was typed into.
    """

    def __init__(self, session: Session) -> None:
        self.place = 0
        self.answers = {
            question.key: w.Text(layout=w.Layout(width="5em"), placeholder="–") for question in session.questions
        }
        self.note = w.Text(continuous_update=False, description="Note", layout=w.Layout(width="40em"))
        rows = [_row(question, self.answers[question.key]) for question in session.questions]
        self.box = w.VBox([*rows, self.note])
        self.filling = False

    def fill(self, place: int, row: Mapping[str, str]) -> None:
        """Show what was answered of an item."""
        self.place, self.filling = place, True
        for key, answer_ in self.answers.items():
            answer_.value = row.get(key, "")
        self.note.value = plain_cell(row.get(NOTE, ""))
        self.filling = False

    def fill_zeros(self) -> None:
        """Zero wherever nothing was answered."""
        self.filling = True
        for answer_ in self.answers.values():
            answer_.value = answer_.value.strip() or "0"
        self.filling = False

    def values(self) -> dict[str, str]:
        """The answers as they stand in the inputs."""
        return {key: answer_.value for key, answer_ in self.answers.items()}


class CodingView(w.VBox):
    """A coder's sheet as widgets; ``session`` is what is saved.

    Tab goes from answer to answer and to the buttons, Enter in an answer saves and goes on to the next sentence.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.progress, self.sentence, self.message = w.HTML(), w.HTML(layout=w.Layout(max_width="52em")), w.HTML()
        self.panel, self.other = Panel(session), Panel(session)
        self.back = _button("Back", "arrow-left", lambda: self._go(self.place - 1))
        self.next = _button("Next", "arrow-right", lambda: self._go(self.place + 1), "primary")
        self.zeros = _button("The rest 0, next", "forward", self._zeros_and_next)
        self.uncoded = _button("Next uncoded", "step-forward", self._go_uncoded)
        for panel in (self.panel, self.other):
            for field in (*panel.answers.values(), panel.note):
                field.observe(lambda _, panel=panel: panel.filling or self._save(panel), "value")
            for field in panel.answers.values():
                field.on_msg(lambda _, content, __: self._on_enter(content))
        buttons = w.HBox([self.next, self.zeros, self.back, self.uncoded])
        boxes = [self.panel.box, self.other.box]
        super().__init__([self.progress, self.sentence, *boxes, buttons, self.message])
        self._show(session.next_uncoded() or 0)

    @property
    def place(self) -> int:
        """Which item is shown, from 0."""
        return self.panel.place

    def _show(self, place: int) -> None:
        """Show an item, in the panel that was hidden."""
        self.panel, self.other = self.other, self.panel
        row = self.session.rows[place]
        self.panel.fill(place, row)
        self.other.box.layout.display, self.panel.box.layout.display = "none", ""
        said = {name: escape(plain_cell(row.get(name, ""))) for name in ("before", "sentence", "after")}
        self.sentence.value = (
            f'<p style="color:{GREY};margin:0">{said["before"]}</p>'
            f'<p style="color:{INK};font-size:1.25em;line-height:1.45;margin:.4em 0">{said["sentence"]}</p>'
            f'<p style="color:{GREY};margin:0 0 .6em">{said["after"]}</p>'
        )
        self.back.disabled = place == 0
        self._tell("")
        self._count()

    def _count(self) -> None:
        row, n = self.session.rows[self.place], len(self.session)
        where = escape(f"article {row.get('article', '')}, sentence {row.get('number', '')}")
        done = f"{self.session.n_coded} coded"
        self.progress.value = f'<b>{self.place + 1} of {n}</b> <span style="color:{GREY}">· {done} · {where}</span>'

    def _tell(self, text: str, colour: str = GREY) -> None:
        self.message.value = f'<span role="status" style="color:{colour}">{escape(text)}</span>' if text else ""

    def _save(self, panel: Panel) -> bool:
        """Save a panel's answers; says what is wrong with them where they cannot be."""
        try:
            self.session = answer(self.session, panel.place, panel.values(), panel.note.value)
        except (ValueError, OSError) as error:
            self._tell(f"{panel.place + 1}: {error} – not saved", RED)
            return False
        self._tell("saved")
        self._count()
        return True

    def _on_enter(self, content: dict[str, Any]) -> None:
        if content.get("event") == "submit":
            self._go(self.place + 1)

    def _go(self, place: int) -> None:
        """Save and go to another item, within the sheet."""
        if not self._save(self.panel):
            return
        if place >= len(self.session):
            left = len(self.session) - self.session.n_coded
            self._tell("This was the last sentence. " + (f"{left} are not coded yet." if left else "All are coded."))
            return
        self._show(max(0, place))
        next(iter(self.panel.answers.values())).focus()

    def _go_uncoded(self) -> None:
        if self._save(self.panel):
            place = self.session.next_uncoded(self.place)
            if place is None:
                self._tell("All sentences are coded.")
            else:
                self._go(place)

    def _zeros_and_next(self) -> None:
        """Zero wherever nothing was answered: the coder's word that the sentence holds nothing else."""
        self.panel.fill_zeros()
        self._go(self.place + 1)


def _button(label: str, icon: str, act: Callable[[], object], style: str = "") -> w.Button:
    button = w.Button(description=label, icon=icon, button_style=style, layout=w.Layout(width="auto"))
    button.on_click(lambda _: act())
    return button


def _row(question: Question, field: w.Text) -> w.HBox:
    about = (
        f'<div style="line-height:1.4"><b>{escape(question.ask)}</b> <span style="color:{GREY};font-size:.9em">'
        f"{escape(question.help)} <i>{escape(question.example)}</i></span></div>"
    )
    return w.HBox([field, w.HTML(about, layout=w.Layout(max_width="52em"))])


def open_view(path: str | Path) -> CodingView:
    """The coding view of a coder's CSV sheet, at the first sentence that is not coded."""
    return CodingView(open_session(Path(path)))
