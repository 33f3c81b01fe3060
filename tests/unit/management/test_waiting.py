# SPDX-License-Identifier: Apache-2.0
"""Waits that end."""

import threading

import pytest

from gbp_status_ui.management import waiting


def test_what_comes_in_time_is_returned():
    assert waiting.Task(int, '7').result(10) == 7


def test_what_goes_wrong_is_raised_for_the_one_who_waits():
    with pytest.raises(ValueError, match='BANANA'):
        waiting.Task(int, 'BANANA').result(10)


def test_what_hangs_is_left_behind():
    ends = threading.Event()
    task = waiting.Task(ends.wait)

    with pytest.raises(waiting.TookTooLong):
        task.result(0.01)
    ends.set()


@pytest.fixture
def ended(monkeypatch):
    """The exit status with which the process ended at once."""
    statuses = []
    monkeypatch.setattr(waiting.os, '_exit', statuses.append)
    return statuses


def test_while_something_hangs_the_process_ends_at_once(ended):
    ends = threading.Event()
    task = waiting.Task(ends.wait)
    with pytest.raises(waiting.TookTooLong):
        task.result(0.01)
    waiting.end(2)
    ends.set()
    task.result(10)

    assert ended == [2]


def test_where_nothing_hangs_the_process_ends_as_it_likes(ended):
    waiting.Task(int).result(10)

    assert waiting.end(2) == 2
    assert ended == []


def test_a_deadline_that_is_over_leaves_nothing():
    assert waiting.TimeBudget(0).left == 0
    assert 0 < waiting.TimeBudget(10).left <= 10
