# SPDX-License-Identifier: Apache-2.0
"""What is beneath one resource: the objects of Neutron that realise it, and what their states say beside GBP's word."""

from __future__ import annotations

import collections
import dataclasses
from typing import NamedTuple
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from gbp_status_ui.model import neutron
from gbp_status_ui.model import statuses
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.neutron import NeutronObject

if TYPE_CHECKING:
    from gbp_status_ui.model.resource import Resource

#: The states of an object that Neutron knows and has no complaint about.
_WELL = (neutron.OK, neutron.DOWN)


class BadgeNote(NamedTuple):
    """What a badge says of what is beneath: the worst state, and in words what is worse than GBP's, if any."""

    state: str
    words: str

    @property
    def look(self) -> neutron.State:
        """What gives the words their tone and icon."""
        return neutron.read(self.state)


@dataclasses.dataclass(frozen=True)
class Beneath:
    """What is beneath one resource: its ``objects`` in Neutron that the user may see, in the order of its parts.

    ``is_pending`` says that some are still being read, ``unread`` are the kinds that could not be read.
    """

    resource: Resource = dataclasses.field(repr=False)
    objects: tuple[NeutronObject, ...] = ()
    is_pending: bool = False
    unread: tuple[NeutronKind, ...] = ()

    @property
    def state(self) -> neutron.State:
        """The worst state of the objects; of none :data:`gbp_status_ui.model.neutron.NONE`."""
        return neutron.worst(one.state for one in self.objects)

    @property
    def is_worse(self) -> bool:
        """Whether what is beneath is worse than GBP's word; not where that is still being read."""
        status = self.resource.status
        return status is not statuses.UNREAD and self.state.unwell and self.state.severity < status.severity

    @property
    def is_problem(self) -> bool:
        """Whether it is a problem of its own kind, such as *Active, network in error*."""
        return self.is_worse and self.state.problem

    @property
    def unwell(self) -> list[NeutronObject]:
        """The objects that are not well, the most urgent first."""
        return [one for one in self.remarkable if one.state.unwell]

    @property
    def failed(self) -> list[NeutronObject]:
        """The objects that are in error."""
        return [one for one in self.objects if one.state.problem]

    @property
    def words(self) -> str:
        """What is the matter beneath, in the middle of a sentence: 'network in error'; '' where nothing is."""
        return next((one.words for one in self.unwell), '')

    @property
    def badge_note(self) -> BadgeNote | None:
        """What the badge says; None while something is still being read, or where no error is known of a part."""
        if self.is_pending or (self.unread and not self.state.unwell):
            return None
        return BadgeNote(self.state.value, str(self.words) if self.is_worse else '')

    @property
    def without_error(self) -> list[NeutronKind]:
        """The kinds of which each object has been read, and Neutron reports no error of any."""
        found = dict.fromkeys(one.kind for one in self.objects)
        faulty = {one.kind for one in self.objects if one.state not in _WELL} | set(self.unread)
        return [kind for kind in found if kind not in faulty]

    @property
    def well(self) -> str:
        """Those kinds in the middle of a sentence: 'network, subnets and router'; '' for none."""
        numbers = collections.Counter(one.kind for one in self.objects)
        words = [str(kind.word if numbers[kind] == 1 else kind.word_plural) for kind in self.without_error]
        *others, last = words or ['']
        return gettext('%(others)s and %(last)s') % {'others': ', '.join(others), 'last': last} if others else last

    @property
    def remarkable(self) -> list[NeutronObject]:
        """The objects of which a popover says something: those that are not well, and those that are down."""
        found = [one for one in self.objects if one.state.unwell or one.state is neutron.DOWN]
        return sorted(found, key=lambda one: one.state.severity)

    @property
    def fabric_names(self) -> list[tuple[str, str]]:
        """[(type, distinguished name)] of the resource and of what is beneath, each once."""
        names = [*self.resource.fabric_names, *(name for one in self.objects for name in one.fabric_names)]
        return list(dict.fromkeys(names))

    @property
    def records(self) -> list[dict[str, object]]:
        """What polls and exports say: [{kind, id, name, state, dn}], with all names of an object in the fabric."""
        return [
            {
                'kind': one.kind.collection,
                'id': one.id,
                'name': one.attributes.get('name') or '',
                'state': one.state.value,
                'dn': [name for _type, name in one.fabric_names],
            }
            for one in self.objects
        ]
