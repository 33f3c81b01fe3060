# SPDX-License-Identifier: Apache-2.0
"""The bars that show how many of some resources are in each state."""

import itertools

#: One of so many parts of a bar is the smallest that is drawn.
SMALLEST_SHARE = 50


def of(counts):
    """Return the length of a bar and its parts: as long as the counts, but a few among thousands are seen.

    What is counted has a ``status`` and a ``count``, as chips do.
    """
    shortest = sum(one.count for one in counts) // SMALLEST_SHARE
    lengths = [max(one.count, shortest) for one in counts]
    starts = itertools.accumulate(lengths, initial=0)
    # There is one start more: the end of the bar.
    parts = [{'status': one.status, 'start': start, 'length': end} for one, start, end in zip(counts, starts, lengths)]
    return {'length': sum(lengths), 'parts': parts}
