# SPDX-License-Identifier: Apache-2.0
"""Writes the log: each fault once a minute, texts of other programs without secrets, each line with level and logger.

A service that is down fails for each kind of a page, and a cache for each request. So the same fault is one line a
minute; the next line counts what has come in between.
"""

from __future__ import annotations

import collections
from collections.abc import Callable
from collections.abc import Hashable
import dataclasses
import functools
import logging
import re
import sys
import threading
import time
import traceback

from gbp_status_ui.model import texts

#: How often the same fault is said.
LOG_INTERVAL_SECONDS = 60

#: How many faults are kept; whatever is said of the oldest may be said again.
MAX_FAULTS = 100

#: So many kinds that failed alike are named; more are counted.
_MAX_NAMED_KINDS = 5

#: How much of a text from elsewhere stands in a line.
_MAX_CHARACTERS = 200

#: What Horizon's own lines have, in its example of LOGGING and in Debian's.
_FORMAT = '%(levelname)s %(name)s %(message)s'

#: The query of an address: hundreds of ids, or names that somebody has looked for.
_QUERY = re.compile(r'\?[^\s\'")]*')

#: What stands before the host of an address; it may be a password.
_USER = re.compile(r'//[^\s/]*@')

#: By so many characters a token is known: an error page may hold only a part of it.
_TOKEN_CHARACTERS = 16


def once_a_minute(log: Callable[..., None], fault: Hashable, line: str, *arguments: object, kind: str = '') -> None:
    """Call ``log`` (``LOG.warning``, say) with a line, unless the same fault had one within the minute: then count it.

    Two faults are the same if ``line`` and ``fault`` are equal; ``kind`` is the kind of resource whose call has failed.
    """
    more = _faults().note((line, fault), kind)
    if more is not None:
        log(line + '%s', *arguments, more, stacklevel=2)


def quoted(text: str, token: str = '', characters: int = _MAX_CHARACTERS) -> str:
    """Return a text as Python writes it, so that it is one line; short, and without secrets.

    ``token`` is what the text must not have.
    """
    if token:
        text = re.sub(re.escape(token[:_TOKEN_CHARACTERS]) + r'[\w.=-]*', '…', text)
    return repr(texts.clean(without_users(_QUERY.sub('?…', text))[:characters]))


def without_users(text: str) -> str:
    """Return a text without the names and passwords that stand before the hosts of its addresses."""
    return _USER.sub('//', text)


def described(fault: Exception) -> str:
    """Return what an exception is and says, on one line and without secrets."""
    return f'{type(fault).__name__}({quoted(str(fault))})'


def places(fault: Exception) -> str:
    """Return the lines of code that an exception has come through: a traceback without its text."""
    return ''.join(traceback.format_tb(fault.__traceback__))


@dataclasses.dataclass
class _Occurrences:
    """When a fault was logged, and what has come since."""

    at: float
    more: int = 0
    kinds: set[str] = dataclasses.field(default_factory=set)

    @property
    def others(self) -> str:
        if not self.more:
            return ''
        few = len(self.kinds) <= _MAX_NAMED_KINDS
        kinds = ', '.join(sorted(self.kinds)) if few else f'{len(self.kinds)} kinds'
        return f' (and {self.more} more{kinds and " of "}{kinds} since the last such line)'


class _Faults:
    """Which faults have been logged lately; several threads note some."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # The one that was logged last stands last.
        self._occurrences: collections.OrderedDict[Hashable, _Occurrences] = collections.OrderedDict()

    def note(self, fault: Hashable, kind: str) -> str | None:
        """Count a fault and return None, or what the line that it gets has to say of others."""
        now = time.monotonic()
        with self._lock:
            said = self._occurrences.get(fault)
            if said and now - said.at < LOG_INTERVAL_SECONDS:
                said.more += 1
                said.kinds |= {kind} - {''}
                return None
            self._occurrences.pop(fault, None)
            self._occurrences[fault] = _Occurrences(now)
            if len(self._occurrences) > MAX_FAULTS:
                self._occurrences.popitem(last=False)
        return said.others if said else ''


@functools.cache
def _faults() -> _Faults:
    """Those of this process."""
    return _Faults()


class LastResort(logging.Handler):
    """Writes to stderr what no handler of the operator takes.

    ``LOGGING`` of Horizon's example, of Debian and of Kolla names loggers one by one, and not ours. Python's own last
    resort would write such lines, too, but leave out the level and the logger.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(logging.Formatter(_FORMAT))

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, unless another handler does."""
        if not self._is_taken(logging.getLogger(record.name)):
            print(self.format(record), file=sys.stderr)

    def _is_taken(self, logger: logging.Logger | None) -> bool:
        while logger:
            if any(handler is not self for handler in logger.handlers):
                return True
            logger = logger.parent if logger.propagate else None
        return False


def add_last_resort() -> None:
    """Add the :class:`LastResort` to the package's logger, unless it is there."""
    logger = logging.getLogger(__package__)
    if not any(isinstance(handler, LastResort) for handler in logger.handlers):
        logger.addHandler(LastResort())
