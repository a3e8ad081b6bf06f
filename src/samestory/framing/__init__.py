"""What things are called, and what the story is said to be about: labels, frames, distinctive words."""

from samestory.framing.labels import find_labels

__all__ = ["find_labels"]
