"""Issue frames by outlet, each with how well it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.profiles import with_outlet

if TYPE_CHECKING:
    from samestory.annotation import Annotations


def frame_table(annotations: Annotations) -> pd.DataFrame:
    """In how many of each outlet's articles a frame is present. Columns: scheme, frame, then the outlets."""
    frames = with_outlet(annotations, annotations.frames)
    wide = frames.assign(present=frames.present.astype("int64")).pivot_table(
        index=["scheme", "frame"], columns="outlet", values="present", aggfunc="sum", fill_value=0
    )
    total = wide.sum(axis=1)
    order = sorted(wide.index, key=lambda key: (key[0] != "policy", key[0], -int(total[key]), key[1]))
    return wide.loc[order][total.loc[order] > 0].reset_index().rename_axis(columns=None)
