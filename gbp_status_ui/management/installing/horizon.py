# SPDX-License-Identifier: Apache-2.0
"""Where Horizon is on this host, and which web server may serve it.

Horizon is the one that this Python imports. Distributions keep ``openstack_dashboard`` where Python finds it (Debian),
or in SHARED alone (Ubuntu, RDO). Nothing of Horizon is imported here, since its settings are code with effects.
"""

from __future__ import annotations

import dataclasses
from importlib import metadata
from importlib import util
import os
from pathlib import Path
import sys

#: Where distributions keep ``manage.py``, and some of them the whole dashboard.
SHARED = Path('/usr/share/openstack-dashboard')
UNITS = [Path('/etc/systemd/system'), Path('/usr/lib/systemd/system'), Path('/lib/systemd/system')]
WEB_SERVERS = ('apache2', 'httpd')


class Problem(Exception):
    """Something that an operator has to change first; the message is one line that says what."""


@dataclasses.dataclass(frozen=True)
class Horizon:
    """``package`` is the directory of ``openstack_dashboard``."""

    package: Path
    version: str

    @property
    def enabled(self) -> Path:
        return self.package / 'local' / 'enabled'

    @property
    def local_settings(self) -> Path:
        return self.package / 'local' / 'local_settings.d'


def _dashboard() -> Path | None:
    """Return the directory of the dashboard, or None: a directory without code is what a removal leaves."""
    found = util.find_spec('openstack_dashboard')
    return Path(found.origin).parent if found and found.origin else None


def make_importable() -> None:
    """Let this Python and those that it starts import the dashboard that a distribution keeps in SHARED."""
    if _dashboard() is None and (SHARED / 'openstack_dashboard' / '__init__.py').is_file():
        sys.path.append(str(SHARED))
        os.environ['PYTHONPATH'] = os.pathsep.join(filter(None, [os.environ.get('PYTHONPATH'), str(SHARED)]))


def find() -> Horizon:
    """Return the Horizon of this Python, or raise a Problem."""
    make_importable()
    has_horizon, package = util.find_spec('horizon') is not None, _dashboard()
    if not (has_horizon and package):
        missing = 'openstack_dashboard' if has_horizon else 'horizon'
        raise Problem(
            f'{sys.executable} has no module {missing}. Install gbp_status_ui with the Python that Horizon runs on,'
            ' and run this command with it.'
        )
    found = Horizon(package, _version())
    if not found.enabled.is_dir():
        raise Problem(f'{found.enabled} is missing: {package} is no complete Horizon.')
    return found


def _version() -> str:
    try:
        return metadata.version('horizon')
    except metadata.PackageNotFoundError:
        return 'of an unknown version'


def others(found: Horizon) -> list[Path]:
    """Return the places of other Horizons on this host, which this Python does not import."""
    places = [SHARED / 'openstack_dashboard', Path('/usr/lib/python3/dist-packages/openstack_dashboard')]
    mine = found.package.resolve()
    return [place for place in places if (place / 'settings.py').is_file() and place.resolve() != mine]


def restart() -> str:
    """Return what restarts the web server, by its name if one of WEB_SERVERS is installed."""
    known = [name for name in WEB_SERVERS if any((units / f'{name}.service').exists() for units in UNITS)]
    if len(known) == 1:
        return f'Restart the web server that runs Horizon, for example: systemctl restart {known[0]}'
    return 'Restart the web server that runs Horizon.'
