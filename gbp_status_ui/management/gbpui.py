# SPDX-License-Identifier: Apache-2.0
"""Checks that an installed group-based-policy-ui loads, and that its tables have the status column."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
import shlex

from django.apps import apps

from gbp_status_ui import conf
from gbp_status_ui.gbpui import columns
from gbp_status_ui.gbpui import removed_names
from gbp_status_ui.management import advice
from gbp_status_ui.management.enabled_files import differing
from gbp_status_ui.management.enabled_files import directories
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import warning
from gbp_status_ui.management.installing.copies import OPTIONAL

(SHIPPED,) = OPTIONAL


def find() -> Iterator[Finding]:
    """Yield the findings."""
    copies = [place / SHIPPED.name for place in directories() if (place / SHIPPED.name).is_file()]
    for copy in copies:
        yield from differing(copy, SHIPPED)
    if not removed_names.is_installed():
        for copy in copies:
            yield error(
                f'{copy} was left behind: group-based-policy-ui, for which it is, is not installed.',
                f'Delete it. {advice.install()}',
            )
        return
    yield from tables(copies)
    if not apps.is_installed('gbpui'):
        yield warning(
            'group-based-policy-ui is installed, and Horizon does not have its panels.',
            'Copy its enabled files, see docs/gbpui.rst, or uninstall it.',
        )


def tables(copies: Sequence[Path]) -> Iterator[Finding]:
    """Each table of gbpui has to be importable, and to have the column unless that is turned off."""
    faults = columns.missing()
    if not faults or not conf.get('gbpui_tables'):
        return
    names = ', '.join(sorted({name for names in faults.values() for name in names}))
    what = f'These tables of group-based-policy-ui have no status column: {names} ({"; ".join(faults)}).'
    if copies:
        yield error(what, 'Install a release of group-based-policy-ui that docs/gbpui.rst names.')
    else:
        copy = shlex.join(['cp', str(SHIPPED), str(directories()[0])])
        yield error(what, f'Put back the names that Django and Horizon have removed: "{copy}". {advice.install()}')
