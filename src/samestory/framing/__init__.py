"""What things are called, and what the story is said to be about: labels, frames, distinctive words."""

from samestory.framing.distinctive import find_distinctive
from samestory.framing.frames import find_frames
from samestory.framing.labels import find_labels

__all__ = ["find_distinctive", "find_frames", "find_labels"]
