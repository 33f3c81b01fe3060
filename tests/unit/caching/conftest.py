# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the tests of the room caching."""

import threading
import types

import pytest

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import entries

from tests.unit.caching.entry import NOW_SECONDS
from tests.unit.caching.reader import Reader


@pytest.fixture
def often(monkeypatch):
    """Who waits looks often."""
    monkeypatch.setattr(answers, 'PAUSES_SECONDS', (0.005,))


@pytest.fixture
def waiting(monkeypatch):
    """A semaphore that each thread releases once, when it begins to wait for another request."""
    started, known, rest = threading.Semaphore(0), set(), answers._Flight._wait

    def note(flight, seconds):
        if flight._foreign() and threading.get_ident() not in known:
            known.add(threading.get_ident())
            started.release()
        rest(flight, seconds)

    monkeypatch.setattr(answers._Flight, '_wait', note)
    return started


@pytest.fixture
def slow(clock):
    """A reader that is asking ``question``."""
    reader = Reader(slow=True)
    reader.fetch()
    return reader


@pytest.fixture
def session(member):
    """The cookie of a session that there is."""
    return f'sessionid={member.session.session_key}'


@pytest.fixture
def standing(monkeypatch):
    """Entries are read at one time."""
    monkeypatch.setattr(entries, 'time', types.SimpleNamespace(time=lambda: NOW_SECONDS))
