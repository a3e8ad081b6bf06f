"""Events of articles that come without one: proposed from text and time, confirmed by the user in a file."""

from samestory.articles.events.confirmed import confirm_events
from samestory.articles.events.proposing import Grouping, propose_events

__all__ = ["Grouping", "confirm_events", "propose_events"]
