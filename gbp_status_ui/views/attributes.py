# SPDX-License-Identifier: Apache-2.0
"""The attributes of a resource as its page shows them: each with its name, lists and mappings as such."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
import dataclasses

from django.utils.translation import gettext as _

from gbp_status_ui.health import folding
from gbp_status_ui.model.attributes import label_of
from gbp_status_ui.model.described import DISTINGUISHED_NAMES
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Attributes

#: Attributes that the page shows in places of their own.
_ELSEWHERE = {
    'id',
    'name',
    'description',
    'status',
    'status_details',
    'tenant_id',
    'project_id',
    'shared',
    DISTINGUISHED_NAMES,
}


@dataclasses.dataclass(frozen=True)
class Value:
    """A value of the API: a text, or the entries of a list, or the (name, value) pairs of a mapping."""

    text: str = ''
    entries: tuple[Value, ...] = ()
    pairs: tuple[tuple[str, Value], ...] = ()


def named(resource: Resource, related_names: Mapping[str, str]) -> list[tuple[str, Value]]:
    """Return (name, :class:`Value`) of what the API says beyond what the page shows elsewhere, in order of the names.

    ``related_names`` is {id: name} of the resources that mappings may be keyed by.
    """
    kind, attributes = resource.kind, resource.attributes
    listed = {one.attribute for one in kind.relations if one.ids(attributes) and not _is_mapping(one, attributes)}

    def name_of(attribute: str) -> str:
        return related_names.get(attribute) or str(label_of(attribute, kind))

    found = [(name_of(name), value) for name, value in attributes.items() if name not in _ELSEWHERE | listed]
    return [(name, _value(value, name_of)) for name, value in sorted(found, key=lambda pair: folding.natural(pair[0]))]


def _is_mapping(relation: Relation, attributes: Attributes) -> bool:
    """Whether a relation holds more than ids, such as the addresses of an L3 policy on its external segments."""
    return isinstance(attributes.get(relation.attribute), dict)


def _value(value: object, name_of: Callable[[str], str]) -> Value:
    if isinstance(value, bool):
        return Value(_('Yes') if value else _('No'))
    if value in (None, '', [], {}):
        return Value('–')
    if isinstance(value, list):
        return Value(entries=tuple(_value(one, name_of) for one in value))
    if isinstance(value, dict):
        return Value(pairs=tuple((name_of(name), _value(one, name_of)) for name, one in value.items()))
    return Value(str(value))
