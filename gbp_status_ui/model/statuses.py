# SPDX-License-Identifier: Apache-2.0
"""The states that GBP reports, one row each; all code about states uses these rows.

The meaning of each value is that of the GBP specification "Status for GBP Resources".
"""

from collections.abc import Collection
import dataclasses
import functools
from typing import Optional

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclasses.dataclass(frozen=True)
class Status:
    """What the dashboard says of one value of the API's attribute ``status``.

    ``value`` is the API's own word in upper case, ``NONE`` for null, or an unknown value as it was reported.
    ``severity`` orders a table: the smaller, the sooner somebody should look. ``transient`` states change by
    themselves and are polled; ``building`` ones are counted as being built. Of ``explained`` ones the page looks up
    the cause; ``problem`` ones are broken, ``well`` ones work as far as GBP knows. A stored state that is
    ``preliminary`` says least of how a resource is now. Severities leave gaps for further states.

    A row with a ``collection`` is of that kind of resource alone, where the API has the ``extension``. It is counted
    and filtered by the slug ``counted_as``.
    """

    value: str
    label: str = dataclasses.field(compare=False)
    sentence: str = dataclasses.field(compare=False)
    tone: str
    icon: str
    severity: int
    transient: bool = False
    building: bool = False
    explained: bool = False
    problem: bool = False
    well: bool = False
    preliminary: bool = False
    counted_as: str = ''
    collection: str = ''
    extension: str = ''

    @property
    def slug(self) -> str:
        """The state in an address: ``?status=error``."""
        return self.counted_as or self.value.lower()


ERROR = Status(
    value='ERROR',
    label=pgettext_lazy('status of a resource', 'Error'),
    sentence=_('The backend reports an error of this resource. Do not expect it to work.'),
    tone='danger',
    icon='times-circle',
    severity=0,
    explained=True,
    problem=True,
)
BUILD = Status(
    value='BUILD',
    label=pgettext_lazy('status of a resource', 'Building'),
    sentence=_('The backend is configuring this resource, or has no record of it yet. It may not work yet.'),
    tone='info',
    icon='refresh',
    severity=10,
    transient=True,
    building=True,
    explained=True,
    preliminary=True,
)
ACTIVE = Status(
    value='ACTIVE',
    label=pgettext_lazy('status of a resource', 'Active'),
    sentence=_('GBP reports this resource as configured, and no more than that: something beneath it may have failed.'),
    tone='success',
    icon='check',
    severity=30,
    well=True,
)
NONE = Status(
    value='NONE',
    label=pgettext_lazy('status of a resource', 'Not reported'),
    sentence=_(
        'The backend reports no status of this resource. Many report none for its kind. That says nothing of how it is.'
    ),
    tone='muted',
    icon='minus',
    severity=40,
    preliminary=True,
)
#: A word that never changes is no state: Cisco's AIM driver says BUILD of every rule, until one is in error.
EVERY_RULE = dataclasses.replace(
    NONE,
    value=BUILD.value,
    sentence=_('This backend says BUILD of every rule, whatever becomes of it. That says nothing of how this one is.'),
    counted_as=NONE.slug,
    collection='policy_rules',
    extension='cisco-apic-gbp',
)
#: Not a state of GBP: nobody has read yet how the resource is.
UNREAD = Status(
    value='',
    label=pgettext_lazy('status of a resource', 'Not read yet'),
    sentence=_('The status of this resource is being read.'),
    tone='muted',
    icon='spinner',
    severity=25,
    transient=True,
)

#: Not a state of GBP: what a resource is counted, filtered and sorted by, besides its status, where Neutron reports an
#: error of what it is realised by, and GBP none.
BENEATH = Status(
    value='BELOW',
    label=pgettext_lazy('status of a resource', 'Error only beneath'),
    sentence=_('GBP reports no error of this resource, but Neutron reports one of an object beneath it.'),
    tone='danger',
    icon='level-down',
    severity=5,
    explained=True,
    problem=True,
)

#: The states that GBP defines, the most urgent first.
KNOWN = (ERROR, BUILD, ACTIVE, NONE)
#: The words that an extension's backend says of all resources of a kind.
CONSTANT = (EVERY_RULE,)
#: The states of what a page lists as problems: broken, or not working yet.
PROBLEMS = tuple(status for status in KNOWN if status.explained)
_BY_VALUE = {status.value: status for status in KNOWN}
_NAMED = {**_BY_VALUE, BENEATH.value: BENEATH}
_UNKNOWN_SEVERITY = 20

#: Longer words of a backend are not cached: a process would keep hundreds of them.
_MAX_WORD_CHARACTERS = 64


def read(value: Optional[str], collection: str = '', extensions: Collection[str] = ()) -> Status:
    """Return the :class:`Status` of a value of the API: a string in any case, an unknown word, '' or None.

    ``collection`` is the kind of the resource, ``extensions`` those of the API that :func:`extensions_of` names.
    """
    if not value:
        return NONE
    if extensions and (constant := _constant(value, collection, extensions)):
        return constant
    return _unknown(value) if len(value) > _MAX_WORD_CHARACTERS else _read(value)


def named(value: str) -> Status:
    """Return the :class:`Status` of a value that the plugin has noted."""
    return _NAMED.get(value) or _unknown(value)


def extensions_of(collection: str) -> list[str]:
    """Return the extensions on which the meaning of a kind's statuses depends."""
    return [status.extension for status in CONSTANT if status.collection == collection]


def _constant(value: str, collection: str, extensions: Collection[str]) -> Optional[Status]:
    found = (status for status in CONSTANT if status.collection == collection and status.extension in extensions)
    return next((status for status in found if status.value == value.upper()), None)


@functools.lru_cache(256)
def _read(value: str) -> Status:
    return _BY_VALUE.get(value.upper()) or _unknown(value)


def _unknown(value: str) -> Status:
    return Status(
        value=value,
        label=value,
        sentence=_('The backend reports a status that GBP does not define.'),
        tone='neutral',
        icon='question-circle',
        severity=_UNKNOWN_SEVERITY,
    )
