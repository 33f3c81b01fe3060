# SPDX-License-Identifier: Apache-2.0
"""For how long GBP was busy with the lists of a page, from which follows when these are read again."""

import pytest

from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.model.answers import Rows
from gbp_status_ui.service import costs
from gbp_status_ui.service import sweep


@pytest.mark.parametrize(
    ('times', 'seconds'),
    [
        ([], 0),
        ([(0, 3)], 3),
        ([(0, 3), (10, 14)], 7),
        ([(0, 3), (3, 5)], 5),
        ([(0, 15), (0, 15), (0, 15)], 15),
        ([(1, 9), (0, 4)], 9),
        ([(0, 10), (2, 3)], 10),
        ([(0, 10), (2, 3), (8, 12), (20, 21)], 13),
    ],
    ids=['none', 'one', 'apart', 'one after the other', 'side by side', 'overlapping', 'within', 'all of it'],
)
def test_calls_side_by_side_wait_for_each_other(times, seconds):
    answers = [Answer(Rows(), asked_at, came_at) for asked_at, came_at in times]

    assert costs.busy_seconds(answers) == seconds


@pytest.mark.parametrize(('seconds_per_row', 'rows'), [(0, 4), (0.18, 3), (2, 1), (0.0001, 150)])
def test_a_slice_takes_less_than_a_second_and_has_one_row_at_least(seconds_per_row, rows):
    assert sweep.slice_rows(seconds_per_row) == rows
