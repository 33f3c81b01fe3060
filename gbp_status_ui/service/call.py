# SPDX-License-Identifier: Apache-2.0
"""One question to GBP, and how its answer is read."""

import dataclasses

from gbp_status_ui.model.answers import Rows
from gbp_status_ui.service import failure_log
from gbp_status_ui.service import parsing


@dataclasses.dataclass(frozen=True)
class Call:
    """One GET: of a collection or of one ``member`` of it; ``params`` is a tuple of pairs."""

    path: str
    collection: str = ''
    params: tuple = ()
    member: str = ''

    @property
    def kind(self):
        """What it asks for, as the API names it."""
        return self.collection or self.member

    def run(self, client, limit):
        """Return the attributes of each resource of a collection, or those of the member; all texts are clean.

        ``limit`` is called before each request to the service; it raises where there is no time left for that. What the
        call fails by is logged.
        """
        with failure_log.watching(self, client):
            return self._show(client, limit) if self.member else self._list(client, limit)

    def _show(self, client, limit):
        limit()
        try:
            answer = client.get(self.path)
        except parsing.Refused as refused:
            refused.member = self.member
            raise
        return answer.member(self.member, self.path.rpartition('/')[2])

    def _list(self, client, limit):
        limit()
        found, params = Rows(), dict(self.params)
        while params is not None:
            answer = client.get(self.path, params=params)
            page = answer.rows(self.collection, self._fields)
            found = Rows([*found, *page], found.unreadable + page.unreadable)
            params = answer.next_page(self.collection)
            # Links to a next page may be without end.
            limit()
        return found

    @property
    def _fields(self):
        fields = dict(self.params).get('fields', ())
        return (fields,) if isinstance(fields, str) else fields
