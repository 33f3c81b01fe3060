# SPDX-License-Identifier: Apache-2.0
"""The bars that show how many of some resources are in each state."""

from __future__ import annotations

from collections.abc import Sequence
import itertools
from typing import Any

from gbp_status_ui.health.board import Chip
from gbp_status_ui.health.map import Count

#: One of so many parts of a bar is the smallest that is drawn.
MAX_PARTS = 50


def of(counts: Sequence[Chip | Count]) -> dict[str, Any]:
    """Return the length of a bar and its parts: as long as the counts, but a few among thousands are seen."""
    shortest = sum(one.count for one in counts) // MAX_PARTS
    lengths = [max(one.count, shortest) for one in counts]
    starts = itertools.accumulate(lengths, initial=0)
    # There is one start more: the end of the bar.
    parts = [
        {'status': one.status, 'start': start, 'length': length} for one, start, length in zip(counts, starts, lengths)
    ]
    return {'length': sum(lengths), 'parts': parts}
