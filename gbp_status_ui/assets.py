# SPDX-License-Identifier: Apache-2.0
"""The scripts and styles that Horizon compresses, for the enabled file; read while Django's settings are being made."""

from importlib import metadata
from pathlib import Path

_STATIC = Path(__file__).parent / 'static'

#: In any order: at load a script only registers a function, and it uses other scripts only when it is called.
SCRIPTS = sorted(path.relative_to(_STATIC).as_posix() for path in _STATIC.glob('gbp_status_ui/js/*.js'))

#: Horizon up to 25.5 compiles all styles as one, with the theme's variables in place; later ones each file apart.
STYLES = [
    'gbp_status_ui/scss/gbp_status_apart.scss'
    if [int(number) for number in metadata.version('horizon').split('.')[:2]] >= [25, 6]
    else 'gbp_status_ui/scss/gbp_status.scss'
]
