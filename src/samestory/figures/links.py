"""Links from what is drawn to what it counts, each with a name that a screen reader can say."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.artist import Artist

Addresses = Mapping[Hashable, str]  # from what is drawn (a label, or a label and a part) to a URL


class Links:
    """Sets addresses on artists, and remembers under which name each address is told."""

    def __init__(self, addresses: Addresses | None) -> None:
        self.addresses = addresses or {}
        self.names: dict[str, str] = {}

    def set(self, key: Hashable, name: str, *artists: Artist) -> None:
        """Link these artists, a mark and its number say, to the address of ``key``, if it has one."""
        address = self.addresses.get(key)
        if address:
            self.names.setdefault(address, name)
            for artist in artists:
                artist.set_url(address)
