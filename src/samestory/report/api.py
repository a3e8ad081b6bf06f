"""The reference of what is called from Python: names, signatures and docstrings, read from the code itself."""

from __future__ import annotations

import dataclasses
import html
import importlib
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

WIDTH = 88  # a signature that is longer has a line a parameter
ROLE = re.compile(r":(?:func|class|mod|meth|attr|data):`~?([\w.]+)`")
CODE = re.compile(r"``(.+?)``", re.DOTALL)
ITEM = re.compile(r"^- ", re.MULTILINE)


class _Bare:
    """An annotation that reads as it was written, without the quotation marks of a string."""

    def __init__(self, written: str) -> None:
        self.written = written

    def __repr__(self) -> str:
        return self.written


def public(words: Iterable[str]) -> dict[str, Any]:
    """What modules give (their ``__all__``) and single names stand for: dotted name and object, in that order.

    Raises ValueError for a word that is neither.
    """
    found: dict[str, Any] = {}
    for word in words:
        named = _find(word)
        if isinstance(named, ModuleType):
            found |= {f"{word}.{name}": getattr(named, name) for name in named.__all__}
        else:
            found[word] = named
    return found


def _find(word: str) -> Any:
    try:
        return importlib.import_module(word)
    except ImportError:
        home, _, name = word.rpartition(".")
    try:
        return getattr(importlib.import_module(home), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"<!-- api: {word} -->: no module and no name of a module") from error


def reference(words: Iterable[str], known: Mapping[str, Any]) -> str:
    """Entries for modules and names as HTML, functions and classes in full, constants in one line.

    ``known`` is what else has an entry on the page (:func:`public`): it is linked, and what stands under two names is
    told under the first.
    """
    chosen = public(words)
    told = {name: thing for name, thing in chosen.items() if callable(thing)}
    constants = [name for name in chosen if name not in told]
    parts = [_list_of(told)] if len(told) > 1 else []
    parts += [_entry(name, thing, known) for name, thing in told.items()]
    if constants:
        parts.append(f"<p>Constants: {', '.join(_code(name) for name in constants)}.</p>")
    return "\n".join(parts) + "\n"


def _list_of(told: Iterable[str]) -> str:
    links = ", ".join(f'<a href="#{name}">{_code(_last(name))}</a>' for name in told)
    return f"<p>{links}</p>"


def _entry(name: str, thing: Any, known: Mapping[str, Any]) -> str:
    head = f'<h3 id="{name}">{_code(name)}</h3>'
    first = next((other for other, one in known.items() if one is thing), name)
    if first != name:
        return f'{head}\n<p>The same as <a href="#{first}">{_code(first)}</a>.</p>'
    parts = [head, _signature(name, thing), prose(docstring(thing), known)]
    for member, inner in members(thing) if inspect.isclass(thing) else ():
        told = _signature(member, inner) if callable(inner) else ""
        parts += [f"<h4>{_code(f'{_last(name)}.{member}')}</h4>", told, prose(docstring(inner), known)]
    return "\n".join(part for part in parts if part)


def docstring(thing: Any) -> str:
    """What a function, class, method or property says of itself, or "" where it says nothing of its own."""
    found = thing.__doc__ or ""
    written = _is_record(thing) and found.startswith(f"{thing.__name__}(")  # what Python itself writes
    return "" if written else inspect.cleandoc(found)


def members(thing: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class itself has, by name as they stand in it."""
    for name, member in vars(thing).items():
        plain = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        if not name.startswith("_") and (inspect.isfunction(plain) or isinstance(plain, property)):
            yield name, plain


def _is_record(thing: Any) -> bool:
    return dataclasses.is_dataclass(thing) or hasattr(thing, "_fields")


def _signature(name: str, thing: Any) -> str:
    if inspect.isclass(thing) and not _is_record(thing):
        return ""
    given = inspect.signature(thing)
    kept = [_bare(parameter) for parameter in given.parameters.values() if parameter.name != "self"]
    returns = given.return_annotation
    back = given.empty if inspect.isclass(thing) else _Bare(returns) if isinstance(returns, str) else returns
    signature = given.replace(parameters=kept, return_annotation=back)
    line = f"{_last(name)}{signature}"
    return f"<pre><code>{html.escape(line if len(line) <= WIDTH else _broken(name, signature))}</code></pre>"


def _bare(parameter: inspect.Parameter) -> inspect.Parameter:
    written = parameter.annotation
    return parameter.replace(annotation=_Bare(written)) if isinstance(written, str) else parameter


def _broken(name: str, signature: inspect.Signature) -> str:
    """A long signature, with a line for each parameter."""
    lines, starred = [], False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            starred = True
        elif parameter.kind is parameter.KEYWORD_ONLY and not starred:
            lines.append("*")
            starred = True
        lines.append(str(parameter))
    back = str(signature.replace(parameters=[])).removeprefix("()")
    return "\n".join([f"{_last(name)}(", *(f"    {line}," for line in lines), f"){back}"])


def prose(text: str, known: Mapping[str, Any]) -> str:
    """A docstring as HTML: paragraphs, lists, ``code``, and links to what has an entry. Every character escaped."""
    parts = []
    for part in filter(None, re.split(r"\n\s*\n", text)):
        if part.lstrip().startswith(">>>"):
            parts.append(f"<pre><code>{html.escape(inspect.cleandoc(part))}</code></pre>")
            continue
        opening, *items = ITEM.split(part)
        if opening.strip():
            parts.append(f"<p>{_inline(opening, known)}</p>")
        if items:
            parts.append(f"<ul>{''.join(f'<li>{_inline(item, known)}</li>' for item in items)}</ul>")
    return "\n".join(parts)


def _inline(text: str, known: Mapping[str, Any]) -> str:
    safe = html.escape(" ".join(text.split()), quote=False)
    linked = ROLE.sub(lambda found: _link(found[1], known), safe)
    return CODE.sub(r"<code>\1</code>", linked)


def _link(target: str, known: Mapping[str, Any]) -> str:
    full = [name for name in known if name == target or name.endswith(f".{target}")]
    return f'<a href="#{full[0]}">{_code(target)}</a>' if full else _code(target)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _code(text: str) -> str:
    return f"<code>{html.escape(text)}</code>"
