# SPDX-License-Identifier: Apache-2.0
"""python3 -m django gbp_status_report: what is broken in a project or in all, for people and other programs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from collections.abc import Mapping
import contextlib
import errno
import functools
import os
from pathlib import Path
import shutil
import sys
import time
from typing import Any
from typing import NoReturn
from typing import TextIO
from typing import Union

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import translation

from horizon import exceptions as horizon_exceptions

from gbp_status_ui.management import login
from gbp_status_ui.management import report
from gbp_status_ui.management import report_formats
from gbp_status_ui.management import report_options
from gbp_status_ui.management import ways_formats
from gbp_status_ui.management import ways_report
from gbp_status_ui.management.installing import copies
from gbp_status_ui.management.report_options import Options
from gbp_status_ui.model import texts

#: How much of a message is shown, which may have a name of any length in it.
MAX_MESSAGE_CHARACTERS = 300
#: What a shell has for Ctrl-C.
INTERRUPTED_STATUS = 130


#: What has been read.
Found = Union[report.Report, ways_report.WaysReport]


class Command(BaseCommand):
    help = (
        'Says what is broken in the project of the log-in, or in all projects, with its causes: the problems of the '
        'overview, without Horizon running. The log-in comes from the OS_* variables or from clouds.yaml. The exit '
        'status is 0 where nothing is in error, 1 where something is in BUILD, 2 where something is in error, and 3 '
        'where that is not known, or the arguments or the log-in are wrong.'
    )
    # The settings of the dashboard are its own concern.
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> argparse.ArgumentParser:
        """Nagios takes argparse's own exit status for an error of the cloud."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = _refuse
        return parser

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        report_options.add(parser)

    def run_from_argv(self, argv: list[str]) -> NoReturn:
        """End the process at once: threads that still wait for a slow service would hold up its end."""
        status = 0
        try:
            super().run_from_argv(argv)
        except SystemExit as left:
            status = int(left.code or 0)
        except KeyboardInterrupt:
            status = INTERRUPTED_STATUS
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(status)

    def handle(self, *_args: object, **arguments: Any) -> NoReturn:
        options = report_options.of(arguments)
        with translation.override(None):
            try:
                status = self._report(options)
            except login.Refused as refusal:
                self._refuse(str(refusal), options.format)
            except horizon_exceptions.NotAuthenticated:
                self._refuse('The network service does not accept the token.', options.format)
        sys.exit(status)

    def _report(self, options: Options) -> int:
        """Write the report; return the exit status."""
        if not apps.is_installed('gbp_status_ui'):
            raise login.Refused('The plugin is not enabled in this Horizon.')
        options.check()
        found = self._read(options)
        self._write(found, options)
        is_unfinished = options.watch and not found.is_settled
        return report.UNKNOWN if is_unfinished and found.exit_status != report.CRITICAL else found.exit_status

    def _read(self, options: Options) -> Found:
        ends = time.monotonic() + options.seconds
        with login.logged_in(options.os_cloud, options.region, options.seconds) as viewer:
            about = report.asked(
                viewer, ends - time.monotonic(), options.project, options.all_projects, options.kind, options.search
            )
            seconds = ends - time.monotonic()
            reader: report.Reader | ways_report.WaysReader = (
                ways_report.WaysReader(about, seconds, options.opener, options.target)
                if options.opener
                else report.Reader(about, seconds)
            )
            return reader.watch(functools.partial(self._tell, reader, options)) if options.watch else reader.read()

    def _tell(self, reader: report.Rounds[Any], options: Options, text: str) -> None:
        """What other programs read is the report alone."""
        stream = self.stdout if options.format == 'text' and not options.output else self.stderr
        _write_line(stream, f'{reader.seconds} s  {report_formats.one_line(text)}')

    def _write(self, found: Found, options: Options) -> None:
        write = _formats(options)[options.format]
        try:
            if options.output:
                _replace(Path(options.output), write(found) + '\n')
            else:
                self._show(found, write)
        except OSError as failure:
            name = options.output or 'The standard output'
            raise login.Refused(f'{name} cannot be written: {failure.strerror}.') from None

    def _show(self, found: Found, write: Callable[..., str]) -> None:
        is_terminal = write is report_formats.text and self.stdout.isatty()
        looks = (
            {'width': shutil.get_terminal_size().columns, 'colours': not os.environ.get('NO_COLOR')}
            if is_terminal
            else {}
        )
        _write_line(self.stdout, write(found, **looks))

    def _refuse(self, message: str, format_: str = '') -> NoReturn:
        """Say in one line why nothing is known; names in it may be of anybody."""
        message = ' '.join(texts.clean(message).split())[:MAX_MESSAGE_CHARACTERS]
        if format_ == 'nagios':
            self.stdout.write(report_formats.nagios_line(report.UNKNOWN, message))
        else:
            self.stderr.write(_line(message))
        sys.exit(report.UNKNOWN)


def _formats(options: Options) -> Mapping[str, Callable[..., str]]:
    return ways_formats.FORMATS if options.opener else report_formats.FORMATS


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(f'{_line(message)}\n')
    sys.exit(report.UNKNOWN)


def _line(message: str) -> str:
    return f'gbp_status_report: {message}'


def _write_line(stream: TextIO, line: str) -> None:
    """Write a line. Whoever stops to read, as ``head`` does, has had enough; the exit status counts all the same."""
    with contextlib.suppress(BrokenPipeError):
        stream.write(line)
        stream.flush()


def _replace(path: Path, content: str) -> None:
    """Write a file at once; a link stays one. What is no file is not replaced: root could, even /dev/null."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, 'it is no file')
    with copies.replacing(path.resolve()) as new:
        new.write_text(content, encoding='utf-8')
        # The reader is another user.
        new.chmod(copies.FILE_MODE)
