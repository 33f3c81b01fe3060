# SPDX-License-Identifier: Apache-2.0
"""Shows in Horizon whether the resources of Group Based Policy work."""

from importlib import metadata

try:
    __version__ = metadata.version('gbp_status_ui')
except metadata.PackageNotFoundError:
    # A source tree that is only in PYTHONPATH.
    __version__ = 'unknown'
