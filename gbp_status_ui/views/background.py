# SPDX-License-Identifier: Apache-2.0
"""Requests that a page sends by itself do not change the session: they are no actions of the user.

Horizon's middleware sets the session's expiry in each request (SESSION_REFRESH), so each answer would write the whole
session. An idle user would never be logged out. A slow poll would also restore an old project, after the user has
switched to another one in another tab.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import SessionBase


class UnwrittenSession:
    """A session that can be read, and changed for one request; no middleware writes it back or sends its cookie.

    Django's middleware ignores a session that lacks one of its attributes. Otherwise it would send a cookie under
    SESSION_SAVE_EVERY_REQUEST, and that could be the cookie of a project that the user has left meanwhile.
    """

    def __init__(self, session: SessionBase) -> None:
        self._session = session

    def save(self, must_create: bool = False) -> None:
        """Write nothing, also where Django writes each session (SESSION_SAVE_EVERY_REQUEST)."""

    def __getattr__(self, name: str) -> Any:
        if name == 'is_empty':
            raise AttributeError(name)
        return getattr(self._session, name)

    def __contains__(self, key: str) -> bool:
        return key in self._session

    def __getitem__(self, key: str) -> Any:
        return self._session[key]

    def __setitem__(self, key: str, value: object) -> None:
        self._session[key] = value

    def __delitem__(self, key: str) -> None:
        del self._session[key]
