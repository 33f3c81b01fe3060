# SPDX-License-Identifier: Apache-2.0
"""The classes of the registry: kind, fact, relation and tab."""

from collections.abc import Collection
import dataclasses
import enum
import re
from typing import Any
from typing import TYPE_CHECKING
from typing import Union

from gbp_status_ui.model.types import Attributes

if TYPE_CHECKING:
    from gbp_status_ui.model.neutron import Part

_ID = re.compile(r'[\w-]{1,64}', re.ASCII)


def is_id(value: object) -> bool:
    """Say whether a value of the API can be the id of a resource, and a part of an address."""
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def in_place_of_ids(value: object) -> Collection[Any]:
    """Return what an attribute holds in the place of ids, unchecked: a list, a mapping by ids, or one id."""
    found = [value] if isinstance(value, str) else value
    return found if isinstance(found, (list, dict)) else []


class Role(enum.Enum):
    """Which way a relation points."""

    BUILT_FROM = 'built_from'
    USED_BY = 'used_by'


class ReadBy(enum.Enum):
    """The call that makes GBP ask its driver for the status; any other returns what was stored at the last one."""

    LIST = 'list'
    SHOW = 'show'


@dataclasses.dataclass(frozen=True)
class Fact:
    """An attribute that is shown as it is; ``is_address`` sorts it as IP networks, of which it may hold several."""

    attribute: str
    label: str = dataclasses.field(compare=False)
    is_address: bool = False


@dataclasses.dataclass(frozen=True)
class Relation:
    """An attribute that holds the id, a list of ids or a mapping by id of resources of the collection ``to``."""

    attribute: str
    label: str = dataclasses.field(compare=False)
    to: str
    role: Role = Role.BUILT_FROM
    in_table: bool = False

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the attributes that :meth:`ids` reads."""
        return (self.attribute,)

    def ids(self, attributes: Attributes) -> list[str]:
        """Return the ids that one resource's attributes hold, in the API's order; what is no id is left out."""
        return [id_ for id_ in self.named(attributes) if is_id(id_)]

    def named(self, attributes: Attributes) -> Collection[Any]:
        """Return what stands in the place of ids, unchecked: quicker, for who compares it with ids that are known."""
        return in_place_of_ids(attributes.get(self.attribute))


@dataclasses.dataclass(frozen=True)
class Redirect(Relation):
    """The value of a policy action: the id of a chain spec where the action's type is ``redirect``."""

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.attribute, 'action_type')

    def named(self, attributes: Attributes) -> Collection[Any]:
        return super().named(attributes) if attributes.get('action_type') == 'redirect' else []


class ApiCollection:
    """What the API calls a collection, and one of it."""

    collection: str

    @property
    def member(self) -> str:
        """What Neutron derives from that: ``policy`` from ``policies``, ``group`` from ``groups``."""
        name = self.collection
        return f'{name[:-3]}y' if name.endswith('ies') else name.removesuffix('s')


@dataclasses.dataclass(frozen=True)
class Kind(ApiCollection):
    """One collection of the API and how the dashboard shows it.

    ``neutron`` are the parts (:class:`gbp_status_ui.model.neutron.Part`) that a resource has in Neutron, ``has_names``
    says whether the API names it as the fabric does, with the extension ``cisco-apic-gbp``. ``automatic`` is the
    attribute that tells which ones the backend has made by itself. ``for_ways`` are further attributes that say who may
    talk to whom.
    """

    collection: str
    label: str = dataclasses.field(compare=False)
    label_plural: str = dataclasses.field(compare=False)
    tab: str
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()
    extension: str = 'group-policy'
    prefix: str = '/grouppolicy/'
    read_by: ReadBy = ReadBy.LIST
    shareable: bool = True
    neutron: tuple['Part', ...] = ()
    has_names: bool = False
    automatic: str = ''
    for_ways: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return self.prefix + self.collection

    @property
    def columns(self) -> tuple[Union[Fact, Relation], ...]:
        """The facts and relations that help to recognise a row, in the order of the table."""
        return tuple(relation for relation in self.relations if relation.in_table) + self.facts

    @property
    def fields(self) -> tuple[str, ...]:
        """The attributes that a table needs; naming ``status`` makes GBP ask its driver."""
        own = ('id', 'name', 'description', 'tenant_id', 'status', 'status_details')
        shared = ('shared',) if self.shareable else ()
        automatic = (self.automatic,) if self.automatic else ()
        return own + shared + automatic + tuple(column.attribute for column in self.columns)

    @property
    def fields_with_relations(self) -> tuple[str, ...]:
        """The attributes of a list, and those that name what a resource is built from."""
        built_from = [attribute for relation in self.built_from for attribute in relation.attributes]
        return tuple(dict.fromkeys((*self.fields, *built_from)))

    @property
    def fields_of_parts(self) -> tuple[str, ...]:
        """The attributes that name the Neutron objects that a resource is realised by."""
        return tuple(part.attribute for part in self.neutron)

    @property
    def built_from(self) -> tuple[Relation, ...]:
        return tuple(relation for relation in self.relations if relation.role is Role.BUILT_FROM)


@dataclasses.dataclass(frozen=True)
class Tab:
    """One tab of the panels; ``slug`` is part of the address."""

    slug: str
    label: str = dataclasses.field(compare=False)
