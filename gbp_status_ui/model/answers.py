# SPDX-License-Identifier: Apache-2.0
"""Why a call to the service has no answer."""

from collections.abc import Iterable
import dataclasses
import enum

from gbp_status_ui.model.types import Attributes


class Reason(enum.Enum):
    """Why a call has no answer."""

    GONE = 'gone'
    FORBIDDEN = 'forbidden'
    TIMEOUT = 'timeout'
    ERROR = 'error'
    # Another request is asking the service for the same just now.
    BUSY = 'busy'


@dataclasses.dataclass(frozen=True)
class Failure:
    """A call without an answer; ``message`` is the text of the service."""

    reason: Reason
    message: str = ''

    @property
    def is_lasting(self) -> bool:
        """Whether the next call comes to the same: what is forbidden stays so."""
        return self.reason in (Reason.GONE, Reason.FORBIDDEN)


#: Failures by collection.
Failures = dict[str, Failure]


class Rows(list[Attributes]):
    """The rows of a list, a dict of attributes each; ``unreadable`` counts those that were left out."""

    def __init__(self, rows: Iterable[Attributes] = (), unreadable: int = 0) -> None:
        super().__init__(rows)
        self.unreadable = unreadable
