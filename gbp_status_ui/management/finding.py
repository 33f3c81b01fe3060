# SPDX-License-Identifier: Apache-2.0
"""One finding of ``gbp_status_check``: what is wrong, and what to do about it."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Finding:
    """``level`` is one of LEVELS; ``what`` and ``to_do`` are sentences for the operator, on one line."""

    level: str
    what: str
    to_do: str

    def __str__(self):
        return f'{self.level:<7}  {" ".join(self.what.split())} {" ".join(self.to_do.split())}'.rstrip()


ERROR, WARNING, NOTE = LEVELS = ('ERROR', 'WARNING', 'NOTE')


def error(what, to_do):
    """Something does not work."""
    return Finding(ERROR, what, to_do)


def warning(what, to_do):
    """All works, but slower or for fewer people than it could."""
    return Finding(WARNING, what, to_do)


def note(what, to_do=''):
    """Something could not be looked at, or is as it may be."""
    return Finding(NOTE, what, to_do)
