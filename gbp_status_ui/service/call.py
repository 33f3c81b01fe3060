# SPDX-License-Identifier: Apache-2.0
"""One question to GBP, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
import contextlib
import dataclasses
import time
from typing import Any
from typing import Union
import urllib.parse

from gbpclient.v2_0 import client as gbp_client

from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.resource import STATUS_FIELDS
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Filter
from gbp_status_ui.service import failure_log
from gbp_status_ui.service import parsing

#: What a call brings: the rows of a list, or the attributes of one resource.
Read = Union[Rows, Attributes]


class Client(gbp_client.Client):
    """GBP's client; it leaves answers to ``parsing``: its own way to read errors breaks where one is no JSON object."""

    def do_request(
        self,
        method: str,
        action: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> parsing.Response:
        """Return the :class:`parsing.Response`."""
        address = self.action_prefix + action + ('?' + urllib.parse.urlencode(params, doseq=True) if params else '')
        response, text = self.httpclient.do_request(address, method, body=body, headers=headers)
        return parsing.read(response.status_code, text or response.reason, response.headers)


@dataclasses.dataclass(frozen=True)
class Call:
    """One GET: of a collection or of one ``member`` of it; ``params`` is a tuple of pairs."""

    path: str
    collection: str = ''
    params: tuple[Filter, ...] = ()
    member: str = ''

    def run(self, client: Client, limit: Callable[[], None]) -> Read:
        """Return the attributes of each resource of a collection, or those of the member; all texts are clean.

        ``limit`` is called before each request to the service; it raises where there is no time left for that. What the
        call fails by is logged.
        """
        return self._show(client, limit) if self.member else self.rows(client, limit)

    def rows(self, client: Client, limit: Callable[[], None]) -> Rows:
        """Return what :meth:`run` does of a collection."""
        with self._watched(client):
            return self._list(client, limit)

    @contextlib.contextmanager
    def _watched(self, client: Client) -> Iterator[None]:
        """Log what the call fails by in the block."""
        began = time.monotonic()
        try:
            yield
        except Exception as fault:
            if failure_log.is_fault(fault):
                http = client.httpclient
                address = http.endpoint_url.rstrip('/') + client.action_prefix + self.path
                kind = self.collection or self.member
                failure_log.note('GBP', kind, address, fault, time.monotonic() - began, http.auth_token)
            raise

    def _show(self, client: Client, limit: Callable[[], None]) -> Attributes:
        with self._watched(client):
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
