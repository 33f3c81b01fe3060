# SPDX-License-Identifier: Apache-2.0
"""python3 -m gbp_status_ui check: what keeps the panels from working here, also where the settings cannot be read.

Nothing of Django, Horizon or the rest of the plugin is imported before the settings are: each of them may be missing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
import contextlib
import importlib
import logging
import os
from pathlib import Path
import sys
import traceback
from typing import NoReturn
import warnings

from gbp_status_ui import __version__
from gbp_status_ui.management import advice
from gbp_status_ui.management import finding
from gbp_status_ui.management import waiting
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import exit_status
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import Stopped
from gbp_status_ui.management.finding import unknown

DESCRIPTION = (
    'Looks at the enabled files, static files, settings, caches, sessions and web server of the plugin; with '
    'OS_AUTH_URL and OS_TOKEN in the environment also at the catalogue and the API extensions. The exit status is that '
    'of a plugin of Nagios: 0 nothing found, 1 warnings, 2 errors, 3 something could not be looked at.'
)
FORMATS = {'text': finding.as_text, 'json': finding.as_json}
SETTINGS, HORIZON = 'DJANGO_SETTINGS_MODULE', 'openstack_dashboard.settings'
#: What every Python of a Horizon has.
NEEDED = {'django', 'horizon', 'openstack_dashboard'}
#: The module that looks; it needs the settings.
ALL_CHECKS = 'gbp_status_ui.management.all_checks'
#: Variables of the environment whose value is never shown.
SECRETS = ('OS_TOKEN', 'OS_PASSWORD', 'OS_APPLICATION_CREDENTIAL_SECRET')


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('--url', help="address of the dashboard's log-in page, to ask its web server, too")
    parser.add_argument('--format', choices=FORMATS, default='text', help='text for people, or json')


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with the status of a Nagios plugin that could not look."""
        self.print_usage(sys.stderr)
        self.exit(finding.EXIT_STATUSES[finding.UNKNOWN], f'{self.prog}: {message}\n')


def main(arguments: Sequence[str]) -> int:
    """Print the findings, and return the exit status."""
    parser = _Parser(prog='python3 -m gbp_status_ui check', description=DESCRIPTION)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    try:
        found = start()
        found += importlib.import_module(ALL_CHECKS).find(options.url, os.environ)
    except Stopped as fault:
        found = [fault.finding]
    sys.stdout.write(written(found, options.format, os.environ) + '\n')
    return waiting.end(exit_status(found))


def written(found: Iterable[Finding], form: str, environment: Mapping[str, str]) -> str:
    """Return the findings in one of FORMATS; whatever a service or an error repeats of the secrets is left out."""
    secrets = [(secret, f'[{name}]') for name in SECRETS for secret in _variants(environment.get(name, ''))]
    shown = [finding.Finding(one.level, _without(secrets, one.what), _without(secrets, one.to_do)) for one in found]
    return FORMATS[form](shown, __version__)


def _variants(secret: str) -> Iterable[str]:
    """Return a secret as it may stand in a text: as it is, without the space around it, as Python writes it."""
    return filter(None, dict.fromkeys([secret, secret.strip(), repr(secret)[1:-1]]))


def _without(secrets: Iterable[tuple[str, str]], text: str) -> str:
    for secret, name in secrets:
        text = text.replace(secret, name)
    return text


def start() -> list[Finding]:
    """Have Django read the settings of Horizon, and return what Horizon says of that as findings.

    :raises Stopped: they cannot be read
    """
    os.environ.setdefault(SETTINGS, HORIZON)
    try:
        with _said() as records:
            settings, keys = importlib.import_module('gbp_status_ui.management.settings_loader').load()
            is_horizon = hasattr(settings, 'HORIZON_CONFIG')
        warnings.simplefilter('ignore')
        logging.disable(logging.CRITICAL)
        importlib.import_module('django').setup()
    # Settings are a program: whatever it raises ends Horizon, too.
    except (Exception, SystemExit) as fault:
        raise Stopped(_why_not(fault)) from fault
    if not is_horizon:
        what = f'{os.environ[SETTINGS]} are not the settings of Horizon.'
        raise Stopped(unknown(what, f'Set {SETTINGS} to {HORIZON}, or leave it out.'))
    return [*_as_findings(records), *_of_keys(keys)]


def _of_keys(keys: Iterable[Path]) -> Iterator[Finding]:
    for key in importlib.import_module('gbp_status_ui.management.settings_loader').unreadable(keys):
        what = f'{key} belongs to root, so the web server cannot read it, and nobody can log in.'
        yield error(what, f'Run "{advice.give(key)}".')


def _why_not(fault: BaseException) -> Finding:
    missing = getattr(fault, 'name', None) if isinstance(fault, ModuleNotFoundError) else None
    module = os.environ[SETTINGS]
    if missing and (missing in NEEDED or f'{module}.'.startswith(f'{missing}.')):
        return unknown(
            f'There is no {missing} in this Python ({sys.executable}).',
            f'Run the command with the Python of Horizon, and set {SETTINGS} to {HORIZON} or leave it out.',
        )
    what = f'Horizon cannot read its settings: {type(fault).__name__}: {fault} ({_place(fault)}).'
    if isinstance(fault, PermissionError):
        return unknown(what, 'Run the command as root or as the user of the web server.')
    return error(what, 'Correct or remove what it names; until then the dashboard does not start.')


def _place(fault: BaseException) -> str:
    """Return where a fault came from: the innermost line that is of no library of Python itself."""
    if isinstance(fault, SyntaxError):
        return f'{fault.filename}, line {fault.lineno}'
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if '<frozen' not in frame.filename]
    return f'{frames[-1].filename}, line {frames[-1].lineno}'


class _Records(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextlib.contextmanager
def _said() -> Iterator[list[logging.LogRecord]]:
    """Yield what is logged in the block instead of being shown, and show no warnings of Python."""
    handler = _Records()
    logging.root.addHandler(handler)
    try:
        # Horizon's settings have deprecations shown, whatever was set before.
        with warnings.catch_warnings(record=True):
            yield handler.records
    finally:
        logging.root.removeHandler(handler)


def _as_findings(records: Iterable[logging.LogRecord]) -> Iterator[Finding]:
    """Horizon leaves out what it cannot read, and logs why: the exception, in front of it at times what it is of."""
    before = ''
    for record in records:
        message = record.getMessage()
        if record.exc_info:
            fault = record.exc_info[1]
            what = before if message == str(fault) else message
            yield error(f'Horizon leaves something out: {what} ({type(fault).__name__}: {fault}).', 'Correct it.')
        before = message
