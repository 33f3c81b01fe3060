# SPDX-License-Identifier: Apache-2.0
"""What the command line of ``gbp_status_report`` asks for, and what it may not ask for."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
import contextlib
from typing import Any

from gbp_status_ui.management import report_formats
from gbp_status_ui.management.login import Refused
from gbp_status_ui.model import registry

#: How many seconds all takes at most: one reading, and with --watch.
READ_SECONDS, WATCH_SECONDS = 45, 600
#: More than sockets can wait.
TOO_MANY_SECONDS = 10**9
#: The options that name something in the cloud, by what they are here; around most of them spaces do not count.
NAMES = {
    'os_cloud': '--os-cloud',
    'region': '--region',
    'project': '--project',
    'search': '--search',
    'opener': '--from',
    'target': '--to',
}
_STRIPPED = ('project', 'search', 'opener', 'target')


class Options(argparse.Namespace):
    """What :func:`add` names; ``opener`` and ``target`` are the groups of --from and --to."""

    @property
    def seconds(self) -> float:
        return self.timeout or (WATCH_SECONDS if self.watch else READ_SECONDS)

    def check(self) -> None:
        """Refuse what does not go together.

        :raises Refused: with the reason
        """
        if self.project and self.all_projects:
            raise Refused('Give --project or --all-projects, not both.')
        for name, option in NAMES.items():
            if not _is_text(getattr(self, name)):
                raise Refused(f'{option} is no text in UTF-8.')
        if bool(self.opener) != bool(self.target):
            raise Refused('Give both --from and --to.')
        if self.opener and (self.kind or self.search):
            raise Refused('--kind and --search are for the report on problems: leave out --from and --to.')


def of(arguments: Mapping[str, Any]) -> Options:
    """Return the options of a command by its arguments, of which Django has some of its own."""
    return Options(**{**arguments, **{name: arguments[name].strip() for name in _STRIPPED}})


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('--format', choices=report_formats.FORMATS, default='text', help='(default: text)')
    parser.add_argument('--output', metavar='FILE', help='write to a file, which is replaced at once when all is read')
    parser.add_argument('--os-cloud', default='', metavar='NAME', help='log in to a cloud of clouds.yaml')
    parser.add_argument('--region', default='', help='where the catalogue has several (default: OS_REGION_NAME)')
    parser.add_argument(
        '--project', default='', help='id or name; another one than that of the log-in takes an administrator'
    )
    parser.add_argument('--all-projects', action='store_true', help='for administrators')
    parser.add_argument(
        '--kind', default='', choices=['', *registry.BY_COLLECTION], metavar='KIND', help='as policy_target_groups'
    )
    parser.add_argument('--search', default='', help='as in the search field of the overview; an id finds one resource')
    parser.add_argument(
        '--from',
        default='',
        metavar='GROUP',
        dest='opener',
        help='with --to: say whether this group may open connections to that',
    )
    parser.add_argument(
        '--to', default='', metavar='GROUP', dest='target', help='name or id of a group or an external group'
    )
    parser.add_argument('--watch', action='store_true', help='wait until nothing is in BUILD')
    parser.add_argument(
        '--timeout', type=_seconds, help=f'in seconds (default: {READ_SECONDS}, with --watch {WATCH_SECONDS})'
    )


def _is_text(argument: str) -> bool:
    """Say whether an argument is text; Python has lone surrogates for bytes that are none."""
    return argument.encode(errors='replace').decode() == argument


def _seconds(words: str) -> float:
    """Return the number that an argument is."""
    with contextlib.suppress(ValueError):
        if 0 < float(words) < TOO_MANY_SECONDS:
            return float(words)
    raise argparse.ArgumentTypeError(f'{words} is no number of seconds')
