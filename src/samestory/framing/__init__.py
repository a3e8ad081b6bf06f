"""What things are called, and what the story is said to be about: labels, frames, distinctive words."""

from samestory.framing.distinctive import find_distinctive, null_distinctive
from samestory.framing.frames import find_frames, frame_validity
from samestory.framing.labels import find_labels, label_spans
from samestory.framing.schemes import Scheme, SchemeError, read_scheme
from samestory.framing.word_counts import count_texts

__all__ = [
    "Scheme",
    "SchemeError",
    "count_texts",
    "find_distinctive",
    "find_frames",
    "find_labels",
    "frame_validity",
    "label_spans",
    "null_distinctive",
    "read_scheme",
]
