# SPDX-License-Identifier: Apache-2.0
"""How long a request may take, and how long it holds its worker if its page retries."""

import types

from django.test import override_settings
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.caching.deadline import Deadline


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that stands still; lists are waited for one second, and requests have ten."""
    found = types.SimpleNamespace(now=100.0, monotonic=lambda: found.now)
    monkeypatch.setattr(deadline, 'time', found)
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
    with override_settings(GBP_STATUS_UI={'time_limit': 10}):
        yield found


@pytest.mark.parametrize(('after', 'left'), [(0, 10), (4, 6), (10, 0), (12, -2)])
def test_a_request_waits_for_what_it_needs_until_the_time_limit(clock, after, left):
    request = Deadline()
    clock.now += after

    assert (request.left, request.left_or_hold) == (left, left)


@pytest.mark.parametrize(('after', 'hold'), [(0, 1), (8, 1), (9.5, 0.5), (10, 0), (12, 0)])
def test_a_request_waits_a_moment_for_what_its_page_can_retry(clock, after, hold):
    request = Deadline()
    clock.now += after

    assert request.hold == hold


@pytest.mark.parametrize(('after', 'hold'), [(0, 1.5), (0.5, 1), (1.25, 0.5), (5, 0.5), (9.9, 0.1), (12, 0)])
def test_a_request_whose_page_retries_anyway_ends_soon(clock, after, hold):
    """But each of its reads has a moment: it may be answered by what is cached."""
    request = Deadline()
    request.will_retry = True
    clock.now += after

    assert request.hold == request.left_or_hold == pytest.approx(hold)
