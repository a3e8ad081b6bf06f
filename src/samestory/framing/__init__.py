"""What things are called, and what the story is said to be about: labels, frames, distinctive words."""

from samestory.framing.distinctive import find_distinctive
from samestory.framing.frames import find_frames, frame_validity
from samestory.framing.labels import find_labels
from samestory.framing.schemes import Scheme, SchemeError, read_scheme

__all__ = [
    "Scheme",
    "SchemeError",
    "find_distinctive",
    "find_frames",
    "find_labels",
    "frame_validity",
    "read_scheme",
]
