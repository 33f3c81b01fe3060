# SPDX-License-Identifier: Apache-2.0
"""Groups that a backend makes by itself, one for each L2 policy; their names consist of ids."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service.api import Gbp

#: The attribute that says what a group was made for, and the collection of that.
_ATTRIBUTE, _COLLECTION = 'l2_policy_id', 'l2_policies'


def name(gbp: Gbp, rows: Iterable[Resource], known: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """Give automatic rows the name of their L2 policy, which is their title.

    ``known`` is {collection: {id: name}} of names that have been read. Others take a call, if there are automatic rows.
    """
    made: dict[Resource, str] = {row: row.attributes.get(_ATTRIBUTE, '') for row in rows if row.is_automatic}
    made = {row: id_ for row, id_ in made.items() if is_id(id_)}
    if known is None:
        known = gbp.names({_COLLECTION: list(made.values())}) if made else {}
    for row, id_ in made.items():
        row.made_for = known.get(_COLLECTION, {}).get(id_, '')


def names_of(rows: Iterable[Resource]) -> dict[str, dict[str, str]]:
    """Return {collection: {id: name}} for :func:`name` from some rows."""
    named = [row for row in rows if row.kind.collection == _COLLECTION and not row.unverified]
    return {_COLLECTION: {row.id: row.name for row in named}}
