# SPDX-License-Identifier: Apache-2.0
"""Checks that the libraries are new enough, and that the plugin's settings have no mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
import re

from gbp_status_ui.checks import check_settings
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import note

_REQUIRED = re.compile(r'([\w.-]+)\s*\(?>=([\d.]+)')


def find() -> Iterator[Finding]:
    """Yield the findings."""
    yield from libraries()
    yield from mistakes()


def libraries() -> Iterator[Finding]:
    for required in filter(None, map(_REQUIRED.match, _requirements())):
        name, lowest = required.groups()
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield error(f'{name} is not installed.', f'Install {lowest} or a newer one.')
        else:
            if _numbers(installed) < _numbers(lowest):
                yield error(f'{name} {installed} is too old.', f'Install {lowest} or a newer one.')


def _requirements() -> list[str]:
    try:
        return metadata.requires('gbp_status_ui') or []
    except metadata.PackageNotFoundError:
        # A source tree that is only in PYTHONPATH.
        return []


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r'\d+', version)]


def mistakes() -> Iterator[Finding]:
    for mistake in check_settings():
        level = error if mistake.is_serious() else note
        yield level(mistake.msg, mistake.hint or 'Correct it in local_settings.d.')
