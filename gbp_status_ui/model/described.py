# SPDX-License-Identifier: Apache-2.0
"""What the APIs of GBP and Neutron say alike of a resource and of an object."""

from typing import Any
from typing import Optional

from gbp_status_ui.model.kinds import ApiCollection
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Key

#: The attribute of Cisco's extensions with the names in the fabric.
DISTINGUISHED_NAMES = 'apic:distinguished_names'

#: How deep the lists and mappings of distinguished names may be nested.
_MAX_LEVELS = 5


class Described:
    """One of a kind, as the attributes of the API describe it."""

    kind: ApiCollection
    attributes: Attributes

    @property
    def id(self) -> str:
        return self.attributes['id']

    @property
    def key(self) -> Key:
        """What tells it apart from those of all kinds."""
        return self.kind.collection, self.id

    @property
    def name(self) -> str:
        return self.attributes.get('name') or self.id

    @property
    def project_id(self) -> Optional[str]:
        return self.attributes.get('tenant_id') or self.attributes.get('project_id')

    @property
    def fabric_names(self) -> list[tuple[str, str]]:
        """[(type, distinguished name)]: what it is called in the fabric, as far as the API says that, each once.

        The extensions have strings, lists and mappings there, by type or by address; a name without either has the type
        ''.
        """
        return list(dict.fromkeys(_names('', self.attributes.get(DISTINGUISHED_NAMES), _MAX_LEVELS)))


def _names(type_: str, value: Any, depth: int) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(type_, value)] if value.strip() else []
    return [name for of_type, one in _below(type_, value) for name in _names(of_type, one, depth - 1)] if depth else []


def _below(type_: str, value: Any) -> list[tuple[str, Any]]:
    """Return what is inside of a list or mapping of names, as (type, value)."""
    if isinstance(value, dict):
        return [(f'{type_} {key}'.strip(), one) for key, one in value.items()]
    return [(type_, one) for one in value] if isinstance(value, list) else []
