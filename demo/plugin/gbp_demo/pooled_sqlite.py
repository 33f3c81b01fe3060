# SPDX-License-Identifier: Apache-2.0
"""Keeps SQLite's connections open, by `?plugin=demo_pool` in Neutron's database URL.

SQLAlchemy 1.4 (GBP 16) opens one a transaction otherwise, and each reads the definitions of Neutron's 300 tables again:
a fifth of the time of a list, and half of the time of a chain's show.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import engine
from sqlalchemy import pool


class PooledSqlite(engine.CreateEnginePlugin):
    def __init__(self, url: Any, kwargs: dict[str, Any]) -> None:
        super().__init__(url, kwargs)
        # As many as Neutron serves calls at once, twice: a chain's show uses two at a time.
        kwargs.update(poolclass=pool.QueuePool, pool_size=16, max_overflow=48)
        kwargs.setdefault('connect_args', {})['check_same_thread'] = False

    def update_url(self, url: Any) -> Any:
        return url.difference_update_query(['plugin'])
