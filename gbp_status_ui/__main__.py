# SPDX-License-Identifier: Apache-2.0
"""python3 -m gbp_status_ui <command>: what operators do with the plugin, also where Django knows none of its commands.

A command is one row of COMMANDS. Inside a clone ``python3 -m`` imports the sources of the working directory; the
commands are about what is installed, so they go to the root directory first.
"""

from __future__ import annotations

import importlib
from importlib import metadata
import os
from pathlib import Path
import sys

from gbp_status_ui.management.installing import command as installing
from gbp_status_ui.management.installing import horizon

SOURCES = Path(__file__).resolve().parent.parent
DONE_STATUS, WRONG_USE_STATUS, UNKNOWN_STATUS = 0, 2, 3
#: What a shell has for the signals of Ctrl-C and of a closed pipe.
INTERRUPTED_STATUS, CLOSED_OUTPUT_STATUS = 130, 141


def management(name: str, arguments: list[str]) -> int:
    """Run one of the plugin's Django commands with Horizon's settings."""
    horizon.make_importable()
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'openstack_dashboard.settings')
    try:
        importlib.import_module('gbp_status_ui.management.settings_loader').load()
        importlib.import_module('django').setup()
    # Settings are code: they fail by any error.
    except Exception as failure:  # noqa: BLE001
        print(f'Horizon cannot be loaded by {sys.executable}: {failure!r}.', file=sys.stderr)
        return UNKNOWN_STATUS
    command = importlib.import_module(f'gbp_status_ui.management.commands.gbp_status_{name}').Command()
    return command.run_from_argv(['python3 -m gbp_status_ui', name, *arguments])


def check(_name: str, arguments: list[str]) -> int:
    """Run the check, which says more where the settings cannot be read, and answers in the format that is asked for."""
    horizon.make_importable()
    return importlib.import_module('gbp_status_ui.management.check').main(arguments)


#: Command -> (what runs it with its name and arguments and returns the exit status, what it does).
COMMANDS = {
    'install': (installing.run, 'put the plugin into Horizon: enabled files, static files'),
    'upgrade': (installing.run, 'the same as install, for whom it is not the first time'),
    'remove': (installing.run, 'take it out of Horizon again, before the package is uninstalled'),
    'check': (check, 'say what keeps the panels from working on this host'),
    'report': (management, 'say what is broken, for people and other programs'),
}


def usage() -> str:
    lines = ['usage: python3 -m gbp_status_ui <command> [option ...]', '']
    lines += [f'  {name:<8}  {purpose}' for name, (_run, purpose) in COMMANDS.items()]
    return '\n'.join([*lines, '', '<command> --help names the options.'])


def _is_here(directory: str | Path) -> bool:
    """Say whether it is the working directory, which somebody may have deleted."""
    try:
        return Path.cwd() == Path(directory)
    except FileNotFoundError:
        return False


def leave_the_clone() -> None:
    """Start again in the root directory if the working directory is a clone."""
    if not _is_here(SOURCES):
        return
    elsewhere = [place for place in sys.path if Path(place).resolve() != SOURCES]
    if not list(metadata.distributions(name='gbp_status_ui', path=elsewhere)):
        sys.exit(f'gbp_status_ui is not installed for {sys.executable}. Run "{sys.executable} -m pip install ." first.')
    os.chdir('/')
    # The same Python, and the arguments that it was started with.
    os.execv(sys.executable, [sys.executable, '-m', 'gbp_status_ui', *sys.argv[1:]])  # noqa: S606  # nosec B606


def ignore_the_working_directory() -> None:
    """Import no Horizon from the working directory: Python looks there first, but the web server runs another one."""
    if _is_here(sys.path[0]):
        del sys.path[0]


def main(arguments: list[str]) -> int:
    """Return the exit status."""
    name, *options = arguments or ['']
    if name in ('-h', '--help'):
        print(usage())
        return DONE_STATUS
    if name not in COMMANDS:
        print(usage(), file=sys.stderr)
        return WRONG_USE_STATUS
    leave_the_clone()
    ignore_the_working_directory()
    run, _purpose = COMMANDS[name]
    return run(name, options)


def start() -> int:
    """Return the exit status, whatever the locale cannot write, also after Ctrl-C and where nobody reads any more."""
    status = CLOSED_OUTPUT_STATUS
    for name in ('stdout', 'stderr'):
        # Python has none where a shell has closed it (>&-).
        stream = getattr(sys, name) or Path(os.devnull).open('w', encoding='utf-8')  # noqa: SIM115
        stream.reconfigure(errors='backslashreplace')
        setattr(sys, name, stream)
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED_STATUS
    except BrokenPipeError:
        _write_no_more()
    except OSError as failure:
        _write_no_more()
        print(f'gbp_status_ui: {failure}.', file=sys.stderr)
        return UNKNOWN_STATUS
    return status


def _write_no_more() -> None:
    """Keep Python from writing once more at its end what nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == '__main__':
    sys.exit(start())
