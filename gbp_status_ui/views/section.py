# SPDX-License-Identifier: Apache-2.0
"""One table of the index page before it is drawn: which rows it has, and which of them stand on the open page."""

from __future__ import annotations

import dataclasses
import functools

from django.core.paginator import Page

from gbp_status_ui.health.board import ambiguous
from gbp_status_ui.health.preview import Preview
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import statuses
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Resource

#: What the foot of a table offers, besides the size that is set.
PAGE_SIZES = (20, 50, 100, 200)


@dataclasses.dataclass
class Section:
    """One table of the page: all rows of a kind that the query lets through, on pages of which one is open.

    ``preview`` says what they are where the full list is missing, ``folded`` how many are folded away.
    """

    listing: Listing
    query: Query
    page: Page
    preview: Preview | None = None
    folded: int = 0

    @property
    def kind(self) -> Kind:
        return self.listing.kind

    @property
    def rows(self) -> list[Resource]:
        """Those of all pages."""
        return self.page.paginator.object_list

    @property
    def open_rows(self) -> list[Resource]:
        """The rows of the page that is open."""
        return self.page.object_list

    @property
    def page_rows(self) -> list[Resource]:
        """Those of them that may be shown; the others have been read for nobody now."""
        return [row for row in self.open_rows if not row.unverified]

    @property
    def sizes(self) -> list[int]:
        """The numbers of rows on a page that can be chosen."""
        return sorted({*PAGE_SIZES, self.page.paginator.per_page})

    @property
    def has_failed(self) -> bool:
        """Whether nothing is known of the kind, and nothing is pending."""
        return self.preview.has_failed if self.preview else bool(self.listing.failure)

    @property
    def stale(self) -> int:
        """How many rows have a status that is only as last reported; of a preview those that are shown count."""
        return sum(row.is_stale for row in (self.page_rows if self.preview else self.listing.rows))

    @property
    def is_shown(self) -> bool:
        """Whether there is a table: also one without rows, where there are none."""
        return bool(self.rows) or not (self.query.narrows or self._is_incomplete)

    @property
    def is_unmatched(self) -> bool:
        """Whether search and filter leave nothing of what there is."""
        return not self.rows and self.query.narrows and not self._is_incomplete

    @property
    def _is_incomplete(self) -> bool:
        return bool(self.listing.failure or self.listing.unreadable)

    @functools.cached_property
    def ambiguous(self) -> set[str]:
        """The ids of those rows that have their name in common with another."""
        return ambiguous(self.rows)

    @property
    def explains(self) -> bool:
        """Whether rows say the beginning of their details: where problems alone are asked for."""
        return bool(self.query.status) and all(
            slug == statuses.BENEATH.slug or statuses.read(slug).explained for slug in self.query.status
        )

    @property
    def sorted_by(self) -> str:
        return self.query.sort or 'status'
