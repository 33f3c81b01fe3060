# SPDX-License-Identifier: Apache-2.0
"""Runs all checks within a time limit; those that wait for other programs run at the same time."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
import contextlib
import logging

from gbp_status_ui.management import cloud
from gbp_status_ui.management import deployment
from gbp_status_ui.management import enabled_files
from gbp_status_ui.management import gbpui
from gbp_status_ui.management import installation
from gbp_status_ui.management import login_page
from gbp_status_ui.management import static_files
from gbp_status_ui.management import web_server
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import unknown
from gbp_status_ui.management.waiting import Task
from gbp_status_ui.management.waiting import TookTooLong

#: How long the caches with the sessions, the dashboard for each of two requests, and the cloud have to answer.
ANSWER_SECONDS = 3
#: How long a part may take that waits for no other program; a busy host takes a while.
LOCAL_SECONDS = 60

STATIC_FILES = 'static files'
#: What is looked at on this host alone.
LOCAL = {
    'libraries and the settings of the plugin': installation.find,
    'enabled files': enabled_files.find,
    STATIC_FILES: static_files.find,
    'group-based-policy-ui': gbpui.find,
    'settings of caches and sessions': deployment.find,
}


def find(url: str | None, environment: Mapping[str, str]) -> list[Finding]:
    """Return the findings; ``url`` is that of the dashboard, or None."""
    with _silence():
        caches = Task(_listed, deployment.answers, ANSWER_SECONDS)
        others = {
            'running dashboard': Task(_listed, web_server.find, url, ANSWER_SECONDS),
            'cloud': Task(_listed, cloud.find, environment, ANSWER_SECONDS),
        }
        found = {name: _found(name, Task(_listed, part), LOCAL_SECONDS) for name, part in LOCAL.items()}
        found['caches'] = _found('caches', caches, 2 * ANSWER_SECONDS)
        found['log-in page'] = _log_in_page(found)
        found.update({name: _found(name, task, 3 * ANSWER_SECONDS) for name, task in others.items()})
        return [one for findings in found.values() for one in findings]


def _log_in_page(found: Mapping[str, list[Finding]]) -> list[Finding]:
    """Make the log-in page only where its files are there, and no cache is known for which it would wait."""
    if found['caches'] or found[STATIC_FILES] or not static_files.is_compressed():
        return []
    return _found('log-in page', Task(_listed, login_page.find), LOCAL_SECONDS)


def _listed(part: Callable[..., Iterable[Finding]], *arguments: object) -> list[Finding]:
    return list(part(*arguments))


def _found(name: str, task: Task[list[Finding]], seconds: float) -> list[Finding]:
    try:
        return task.result(seconds)
    except TookTooLong:
        return [unknown(f'Looking at the {name} did not end within {seconds:g} seconds.', 'Run the check again.')]
    except OSError as failure:
        what = f'The {name} could not be looked at: {failure.strerror or failure} ({failure.filename}).'
        return [unknown(what, 'Run the check as root, or as the user of the web server.')]
    # A part that breaks leaves the others, and the one who asks, their findings.
    except Exception as fault:  # noqa: BLE001
        return [unknown(f'The {name} could not be looked at: {fault!r}.', 'Please report this as a bug of the check.')]


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Log nothing in the block: what is wrong is a finding."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
