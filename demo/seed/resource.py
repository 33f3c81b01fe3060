# SPDX-License-Identifier: Apache-2.0
"""How the application is written down: one Resource each, which names others by collection and name."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple


class Resource(NamedTuple):
    """`owner` is a log-in of the demo; `attributes` are the API's, with a Ref where it wants another resource's id."""

    owner: str
    collection: str
    name: str
    description: str
    attributes: dict[str, Any]


class Ref(NamedTuple):
    collection: str
    name: str


def refs(collection: str, names: Iterable[str]) -> list[Ref]:
    return [Ref(collection, name) for name in names]


def rule_sets(names: Iterable[str]) -> dict[Ref, str]:
    """As GBP writes the rule sets of groups: {id: value}; the value is not used."""
    return {Ref('policy_rule_sets', name): '' for name in names}


def resolved(value: Any, ids: Mapping[Ref, str]) -> Any:
    """Return `value` with each Ref, at any depth, replaced by its id of `ids` (Ref -> id)."""
    if isinstance(value, Ref):
        return ids[value]
    if isinstance(value, dict):
        return {resolved(key, ids): resolved(content, ids) for key, content in value.items()}
    if isinstance(value, list):
        return [resolved(item, ids) for item in value]
    return value
