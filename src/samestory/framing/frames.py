"""Issue frames of an article: the policy frames of Boydstun et al. (2014), the generic ones of Semetko & Valkenburg,
and a study's own.

What the policy frames reach against people's coding stands in ``policy_frames.md`` and, frame by frame, in
:func:`frame_validity`; the generic frames and those of a study have no gold here and are not validated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from samestory import tables
from samestory.framing.generic_frames import GENERIC_WORDS, enough_sentences
from samestory.framing.policy import FOLDER, count_words, load_policy_model, score_sentences
from samestory.framing.schemes import Scheme, compare

if TYPE_CHECKING:
    import pandas as pd

    from samestory.document import Document

EVIDENCE = 5
GOOD, FAIR = 0.7, 0.5  # F1 from which a frame's validity is called so


def find_frames(document: Document, scheme: Scheme | None = None) -> pd.DataFrame:
    """The table ``frames`` of an article: one row for each frame of both schemes, and of the study's own.

    Policy frames: ``score`` is the frame's probability over its threshold, so that it is ``present`` from 1 on.
    Generic frames: ``score`` is the share of sentences that hold a word of the frame. Frames of the study's own
    scheme: see :func:`samestory.framing.schemes.compare`. ``evidence`` names up to five sentences, those that add most
    to the score first; sentences have no gold. An article without a counted sentence has no rows.
    """
    texts = _sentences(document)
    if not texts:
        return tables.frame("frames")
    sentences = {name: count_words(text) for name, text in texts.items()}
    rows = [*_policy(sentences), *_generic(sentences)]
    if scheme is not None:
        rows += _own(scheme, texts)
    return tables.frame("frames", [{"article_id": document.article_id, **row} for row in rows])


def frame_validity(frames: pd.DataFrame | None = None) -> pd.DataFrame:
    """How well each frame is found in articles that nothing was learnt from.

    Columns: scheme, frame, f1 (mean of ten splits in five folds), low, high (95 % over articles), n_articles (coded
    with the frame, of 433), validity: ``good`` from .7, ``fair`` from .5, ``weak`` below, ``unknown`` where people have
    coded nothing. ``frames`` is a table ``frames`` whose other schemes are listed too.
    """
    import pandas as pd

    known = pd.read_csv(FOLDER / "policy_validity.csv").astype({"scheme": "string", "frame": "string"})
    with_generic = [("generic", frame) for frame in GENERIC_WORDS]
    found = [] if frames is None else sorted(set(zip(frames.scheme, frames.frame, strict=True)))
    covered = set(zip(known.scheme, known.frame, strict=True))
    others = [pair for pair in dict.fromkeys([*with_generic, *found]) if pair not in covered]
    unknown = pd.DataFrame(others, columns=["scheme", "frame"], dtype="string")
    rows = pd.concat([known, unknown], ignore_index=True)
    numbers = {"f1": "Float64", "low": "Float64", "high": "Float64", "n_articles": "Int64"}
    return rows.assign(validity=pd.array([_in_words(f1) for f1 in rows.f1], dtype="string")).astype(numbers)


def _in_words(f1: float) -> str:
    if f1 >= GOOD:
        return "good"
    if f1 >= FAIR:
        return "fair"
    return "weak" if f1 < FAIR else "unknown"  # a missing number is neither


def strongest(added: Mapping[str, float]) -> list[str]:
    """The sentences that add most to a frame, at most five, none that adds nothing; of equals the earlier."""
    ranked = sorted((name for name in added if added[name] > 0), key=lambda name: -added[name])
    return ranked[:EVIDENCE]


def _sentences(document: Document) -> dict[str, str]:
    return {
        f"{document.article_id}-s{n}": document.text[s.start : s.end] for n, s in enumerate(document.parse.sentences)
    }


def _policy(sentences: Mapping[str, Counter[str]]) -> Iterable[dict[str, object]]:
    model = load_policy_model()
    probabilities, added = score_sentences(model, list(sentences.values()))
    for n, frame in enumerate(model.frames):
        # rounded as it is stored, so that the table itself says what is present
        score = round(float(probabilities[n] / model.thresholds[n]), tables.DECIMALS)
        yield _row("policy", frame, score, score >= 1, _named(sentences, added[:, n]))


def _generic(sentences: Mapping[str, Counter[str]]) -> Iterable[dict[str, object]]:
    for frame, words in GENERIC_WORDS.items():
        held = [sum(word in words for word in counts) for counts in sentences.values()]
        holding = sum(n > 0 for n in held)
        present = enough_sentences(holding, len(sentences))
        yield _row("generic", frame, holding / len(sentences), present, _named(sentences, held))


def _own(scheme: Scheme, texts: Mapping[str, str]) -> Iterable[dict[str, object]]:
    scores, added = compare(scheme, list(texts.values()))
    for n, frame in enumerate(scheme.frames):
        score = round(float(scores[n]), tables.DECIMALS)
        yield _row(scheme.name, frame.name, score, score >= 1, _named(texts, added[:, n]))


def _named(sentences: Iterable[str], added: Iterable[float]) -> list[str]:
    # in few digits: sentences with the same words must not be ordered by how sums were rounded
    return strongest({name: round(float(value), 9) for name, value in zip(sentences, added, strict=True)})


def _row(scheme: str, frame: str, score: float, present: bool, evidence: list[str]) -> dict[str, object]:
    joined = tables.SEPARATOR.join(evidence) or None
    return {"scheme": scheme, "frame": frame, "score": score, "present": present, "evidence": joined}
