# SPDX-License-Identifier: Apache-2.0
"""One question to GBP, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
import dataclasses
from typing import Any
from typing import Protocol
from typing import Union

from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.resource import STATUS_FIELDS
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Filter
from gbp_status_ui.service import failure_log
from gbp_status_ui.service import parsing

#: What a call brings: the rows of a list, or the attributes of one resource.
Read = Union[Rows, Attributes]


class Client(failure_log.Client, Protocol):
    """What a call needs of GBP's client."""

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> parsing.Response: ...


@dataclasses.dataclass(frozen=True)
class Call:
    """One GET: of a collection or of one ``member`` of it; ``params`` is a tuple of pairs."""

    path: str
    collection: str = ''
    params: tuple[Filter, ...] = ()
    member: str = ''

    @property
    def kind(self) -> str:
        """What it asks for, as the API names it."""
        return self.collection or self.member

    def run(self, client: Client, limit: Callable[[], None]) -> Read:
        """Return the attributes of each resource of a collection, or those of the member; all texts are clean.

        ``limit`` is called before each request to the service; it raises where there is no time left for that. What the
        call fails by is logged.
        """
        return self._show(client, limit) if self.member else self.rows(client, limit)

    def rows(self, client: Client, limit: Callable[[], None]) -> Rows:
        """Return what :meth:`run` does of a collection."""
        with failure_log.watching(self, client):
            return self._list(client, limit)

    def _show(self, client: Client, limit: Callable[[], None]) -> Attributes:
        with failure_log.watching(self, client):
            limit()
            try:
                answer = client.get(self.path, params=dict(self.params))
            except parsing.Refused as refused:
                refused.member = self.member
                raise
            found = answer.member(self.member, self.path.rpartition('/')[2], self.fields)
        # An answer that says no status reports none; nobody has to read it again.
        return found if self.fields else {**dict.fromkeys(STATUS_FIELDS), **found}

    def _list(self, client: Client, limit: Callable[[], None]) -> Rows:
        found = Rows()
        params: dict[str, Any] | None = dict(self.params)
        while params is not None:
            # Links to a next page may be without end.
            limit()
            answer = client.get(self.path, params=params)
            page = answer.rows(self.collection, self.fields)
            found = Rows([*found, *page], found.unreadable + page.unreadable)
            params = answer.next_page(self.collection)
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """The attributes that are asked for; none where that is all."""
        fields = dict(self.params).get('fields', ())
        return (fields,) if isinstance(fields, str) else fields
