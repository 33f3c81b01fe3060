# SPDX-License-Identifier: Apache-2.0
"""The Neutron objects that GBP resources are realised by: one entry a kind of object, one row a state.

Neutron's own ``status`` is a word of its database. Where an extension of Cisco's APIC drivers is there, the attribute
``apic:synchronization_state`` says what has become of the object in the fabric. An object is as bad as the worse of
both.
"""

from collections.abc import Iterable
import dataclasses
from typing import Any
from typing import Optional

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.described import Described
from gbp_status_ui.model.described import DISTINGUISHED_NAMES
from gbp_status_ui.model.kinds import ApiCollection
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Ids

#: The attribute of the extensions that says what has become of an object in the fabric.
SYNC_STATE = 'apic:synchronization_state'


@dataclasses.dataclass(frozen=True)
class State:
    """What the dashboard says of one state of a Neutron object; ``words`` are Neutron's own, in lower case.

    ``severity`` is on the scale of :class:`statuses.Status`: the smaller, the sooner somebody should look. A state that
    is ``unwell`` is worth a word beside the resource, one that is a ``problem`` is a failure.
    """

    value: str
    label: str = dataclasses.field(compare=False)
    sentence: str = dataclasses.field(compare=False)
    tone: str
    icon: str
    severity: int
    words: tuple[str, ...] = ()
    unwell: bool = False
    problem: bool = False


def _as(status: statuses.Status) -> dict[str, Any]:
    """Have a state look as one of GBP's, and be as urgent."""
    return {'tone': status.tone, 'icon': status.icon, 'severity': status.severity}


ERROR = State(
    value='error',
    label=pgettext_lazy('state of a Neutron object', 'Error'),
    sentence=_('Neutron reports an error of this object.'),
    **_as(statuses.ERROR),
    words=('error',),
    unwell=True,
    problem=True,
)
BUILD = State(
    value='build',
    label=pgettext_lazy('state of a Neutron object', 'Building'),
    sentence=_('This object is being configured, or the backend has no record of it yet.'),
    **_as(statuses.BUILD),
    words=('build', 'pending'),
    unwell=True,
)
DOWN = State(
    value='down',
    label=pgettext_lazy('state of a Neutron object', 'Down'),
    sentence=_(
        'Neutron reports this object as down. That is normal for the port of a machine that is stopped or not there.'
    ),
    tone='neutral',
    icon='power-off',
    severity=26,
    words=('down',),
)
OK = State(
    value='ok',
    label=pgettext_lazy('state of a Neutron object', 'No error'),
    sentence=_('Neutron reports no error of this object.'),
    **_as(statuses.ACTIVE),
    words=('active', 'synced'),
)
NONE = State(
    value='none',
    label=pgettext_lazy('state of a Neutron object', 'Not reported'),
    sentence=_('Neutron reports no state of this object.'),
    **_as(statuses.NONE),
    words=('n/a',),
)

#: All states, the most urgent first.
STATES = (ERROR, BUILD, DOWN, OK, NONE)
_BY_WORD = {word: state for state in STATES for word in state.words}


def read(word: object) -> State:
    """Return the :class:`State` of one of Neutron's words, whatever JSON value that is; an unknown one says nothing."""
    return _BY_WORD.get(word.lower(), NONE) if isinstance(word, str) else NONE


def is_word(word: object) -> bool:
    """Say whether a JSON value is one of Neutron's words for a state."""
    return isinstance(word, str) and word.lower() in _BY_WORD


def worst(states: Iterable[State]) -> State:
    """Return the most urgent of some states; of none :data:`NONE`."""
    return min(states, key=lambda state: state.severity, default=NONE)


@dataclasses.dataclass(frozen=True)
class NeutronKind(ApiCollection):
    """One collection of Neutron.

    ``extension`` is the alias of the extension that brings the sync state, '' for none; ``has_status`` says whether
    Neutron itself reports a state. Without ``lists_are_right``, ``build`` in a list of several may be out of date where
    that extension is, and only a show of one is right. ``word`` and ``word_plural`` are what it is called, ``failed``
    and ``unfinished`` say what is the matter, all in the middle of a sentence.
    """

    collection: str
    label: str = dataclasses.field(compare=False)
    label_plural: str = dataclasses.field(compare=False)
    word: str = dataclasses.field(compare=False)
    word_plural: str = dataclasses.field(compare=False)
    failed: str = dataclasses.field(compare=False)
    unfinished: str = dataclasses.field(compare=False)
    extension: str = 'cisco-apic'
    attributes: tuple[str, ...] = ()
    has_status: bool = True
    shareable: bool = True
    lists_are_right: bool = True

    @property
    def path(self) -> str:
        return '/' + self.collection.replace('_', '-')

    def fields(self, has_extension: bool) -> tuple[str, ...]:
        """Return the attributes to ask for."""
        own = ('id', 'name', 'tenant_id', *(('status',) if self.has_status else ()), *self.attributes)
        return (*own, SYNC_STATE, DISTINGUISHED_NAMES) if has_extension else own

    def words_for(self, state: State) -> str:
        """Return how a state of an object of this kind is put in the middle of a sentence; '' where nothing is said."""
        return {ERROR.value: self.failed, BUILD.value: self.unfinished}.get(state.value, '')


KINDS = (
    NeutronKind(
        'networks',
        _('Network'),
        _('Networks'),
        pgettext_lazy('in the middle of a sentence', 'network'),
        pgettext_lazy('in the middle of a sentence', 'networks'),
        failed=_('network in error'),
        unfinished=_('network being built'),
        lists_are_right=False,
    ),
    NeutronKind(
        'subnets',
        _('Subnet'),
        _('Subnets'),
        pgettext_lazy('in the middle of a sentence', 'subnet'),
        pgettext_lazy('in the middle of a sentence', 'subnets'),
        failed=_('subnet in error'),
        unfinished=_('subnet being built'),
        attributes=('network_id',),
        has_status=False,
    ),
    NeutronKind(
        'routers',
        _('Router'),
        _('Routers'),
        pgettext_lazy('in the middle of a sentence', 'router'),
        pgettext_lazy('in the middle of a sentence', 'routers'),
        failed=_('router in error'),
        unfinished=_('router being built'),
        extension='cisco-apic-l3',
        shareable=False,
    ),
    NeutronKind(
        'ports',
        _('Port'),
        _('Ports'),
        pgettext_lazy('in the middle of a sentence', 'port'),
        pgettext_lazy('in the middle of a sentence', 'ports'),
        failed=_('port in error'),
        unfinished=_('port being built'),
        # In the fabric a port has neither state nor name: its sync state is always N/A.
        extension='',
        shareable=False,
    ),
    NeutronKind(
        'address_scopes',
        _('Address Scope'),
        _('Address Scopes'),
        pgettext_lazy('in the middle of a sentence', 'address scope'),
        pgettext_lazy('in the middle of a sentence', 'address scopes'),
        failed=_('address scope in error'),
        unfinished=_('address scope being built'),
        has_status=False,
    ),
)
BY_COLLECTION = {kind.collection: kind for kind in KINDS}


@dataclasses.dataclass(frozen=True)
class Part(Relation):
    """An attribute that names Neutron objects by their ids, as a :class:`Relation` names resources of GBP.

    ``then`` is the part of these objects that a resource is realised by, too.
    """

    then: Optional['Part'] = None


@dataclasses.dataclass(frozen=True)
class NeutronObject(Described):
    """One Neutron object; ``has_extension`` says whether the API has the extension that brings its sync state.

    ``is_listed`` says that it was read along with others of its kind.
    """

    kind: NeutronKind
    attributes: Attributes
    has_extension: bool
    is_listed: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether it has no sync state though the extension is there: a policy of the operator hides it."""
        return self.has_extension and self.attributes.get(SYNC_STATE) is None

    @property
    def state(self) -> State:
        """The worse of what Neutron and the fabric say. Where the fabric's word is not known, no error is no news."""
        own = read(self.attributes.get('status')) if self.kind.has_status else NONE
        fabric = read(self.attributes.get(SYNC_STATE))
        is_unknown = self.has_extension and not is_word(self.attributes.get(SYNC_STATE))
        if is_unknown or (fabric is BUILD and self.is_listed and not self.kind.lists_are_right):
            return NONE if own is OK else own
        return worst([own, fabric])

    @property
    def words(self) -> str:
        """What is the matter with it, in the middle of a sentence: 'network in error'; '' where nothing is said."""
        return self.kind.words_for(self.state)


@dataclasses.dataclass
class Objects:
    """What a read of objects came to: {collection: {id: NeutronObject}}, {collection: Failure}, {collection: [ids]}.

    ``pending`` are those that Neutron is still being asked for.
    """

    rows: dict[str, dict[str, NeutronObject]] = dataclasses.field(default_factory=dict)
    unavailable: dict[str, Failure] = dataclasses.field(default_factory=dict)
    pending: Ids = dataclasses.field(default_factory=dict)

    def add(self, other: 'Objects') -> None:
        """Add what another read came to."""
        for collection, rows in other.rows.items():
            self.rows.setdefault(collection, {}).update(rows)
        self.unavailable.update(other.unavailable)
        for collection, ids in other.pending.items():
            self.pending.setdefault(collection, []).extend(ids)
