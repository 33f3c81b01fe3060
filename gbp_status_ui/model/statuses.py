# SPDX-License-Identifier: Apache-2.0
"""The vocabulary: one row a state that GBP reports; everything else about states derives from it.

The meaning of each value is that of the GBP specification "Status for GBP Resources".
"""

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
    themselves and are polled. Of ``explained`` ones the page looks up the cause; ``problem`` ones are broken. A stored
    state that is ``preliminary`` says least of how a resource is now. Severities leave gaps for further states.
    """

    value: str
    label: str
    sentence: str
    tone: str
    icon: str
    severity: int
    transient: bool = False
    explained: bool = False
    problem: bool = False
    preliminary: bool = False

    @property
    def slug(self) -> str:
        """The state in an address: ``?status=error``."""
        return self.value.lower()


ERROR = Status(
    value='ERROR',
    label=pgettext_lazy('status of a resource', 'Error'),
    sentence=_('The backend could not configure this resource. Do not expect it to work.'),
    tone='danger',
    icon='times-circle',
    severity=0,
    explained=True,
    problem=True,
)
BUILD = Status(
    value='BUILD',
    label=pgettext_lazy('status of a resource', 'Building'),
    sentence=_('The backend is still configuring this resource. It may not work yet.'),
    tone='info',
    icon='refresh',
    severity=10,
    transient=True,
    explained=True,
    preliminary=True,
)
ACTIVE = Status(
    value='ACTIVE',
    label=pgettext_lazy('status of a resource', 'Active'),
    sentence=_('The backend has configured this resource. It can be used.'),
    tone='success',
    icon='check',
    severity=30,
)
NONE = Status(
    value='NONE',
    label=pgettext_lazy('status of a resource', 'Not reported'),
    sentence=_('The backend does not report a status for this resource. That is normal for some backends.'),
    tone='muted',
    icon='minus',
    severity=40,
    preliminary=True,
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

#: The states that GBP defines, the most urgent first.
KNOWN = (ERROR, BUILD, ACTIVE, NONE)
#: The states of what a page lists as problems: broken, or not working yet.
PROBLEMS = tuple(status for status in KNOWN if status.explained)
_BY_VALUE = {status.value: status for status in KNOWN}
_UNKNOWN_SEVERITY = 20

#: Longer words of a backend are not remembered: a process would keep hundreds of them.
_MAX_WORD_CHARS = 64


def read(value: Optional[str]) -> Status:
    """Return the :class:`Status` of a value of the API: a string in any case, an unknown word, '' or None."""
    if not value:
        return NONE
    return _unknown(value) if len(value) > _MAX_WORD_CHARS else _read(value)


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
