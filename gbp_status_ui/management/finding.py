# SPDX-License-Identifier: Apache-2.0
"""One finding of the check: what is wrong, and what to do about it. This module needs neither Django nor Horizon."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
import dataclasses
import functools
import json


@dataclasses.dataclass(frozen=True)
class Finding:
    """``level`` is one of LEVELS; ``what`` and ``to_do`` are sentences for the operator, on one line."""

    level: str
    what: str
    to_do: str = ''

    def __str__(self) -> str:
        return f'{self.level:<7}  {" ".join(self.what.split())} {" ".join(self.to_do.split())}'.rstrip()


#: The most urgent first.
ERROR, UNKNOWN, WARNING, NOTE = LEVELS = ('ERROR', 'UNKNOWN', 'WARNING', 'NOTE')

#: The exit statuses of a plugin of Nagios; a finding of another level changes nothing.
OK_STATUS = 0
EXIT_STATUSES = {ERROR: 2, UNKNOWN: 3, WARNING: 1}


#: Something does not work.
error = functools.partial(Finding, ERROR)
#: Something that was to be looked at could not be looked at, so that nobody knows whether it works.
unknown = functools.partial(Finding, UNKNOWN)
#: All works, but slower or for fewer people than it could.
warning = functools.partial(Finding, WARNING)
#: Something was not asked for, or is as it may be.
note = functools.partial(Finding, NOTE)


class Stopped(Exception):
    """Nothing more can be looked at; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def exit_status(findings: Iterable[Finding]) -> int:
    """Return that of the most urgent finding."""
    levels = {finding.level for finding in findings}
    return next((EXIT_STATUSES[level] for level in LEVELS if level in levels and level in EXIT_STATUSES), OK_STATUS)


def as_text(findings: Sequence[Finding], version: str) -> str:
    """Return one line a finding, the most urgent first, and a last line that counts them."""
    counts = ', '.join(f'{level} {sum(finding.level == level for finding in findings)}' for level in LEVELS)
    return '\n'.join([*map(str, _sorted(findings)), f'gbp_status_ui {version}: {counts}'])


def as_json(findings: Sequence[Finding], version: str) -> str:
    """Return the same for a program; docs/operations.rst describes it."""
    found = [dataclasses.asdict(finding) for finding in _sorted(findings)]
    return json.dumps({'version': version, 'exit_status': exit_status(findings), 'findings': found}, indent=2)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: LEVELS.index(finding.level))
