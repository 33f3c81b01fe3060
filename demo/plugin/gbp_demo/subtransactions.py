# SPDX-License-Identifier: Apache-2.0
"""Lets GBP 18 write what its drivers own: it asks SQLAlchemy for `subtransactions`, which release 2 has no more.

GBP 18 is for SQLAlchemy 1.4, and Neutron 27 runs on 2 alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
import inspect
from typing import Any

from sqlalchemy import orm


@contextmanager
def _joined(session: Any) -> Iterator[None]:
    """Join the transaction that somebody began; commit at the end if the session began one by itself, or none."""
    transaction = session.get_transaction()
    began = transaction is not None and transaction.origin is orm.SessionTransactionOrigin.BEGIN
    yield
    if began:
        session.flush()
    else:
        session.commit()


def allow() -> None:
    begin = orm.Session.begin
    if 'subtransactions' not in inspect.signature(begin).parameters:
        orm.Session.begin = lambda session, nested=False, subtransactions=False: (
            _joined(session) if subtransactions else begin(session, nested)
        )
