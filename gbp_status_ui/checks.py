# SPDX-License-Identifier: Apache-2.0
"""Django system checks on the settings: a mistake is told at start-up, by name."""

import math

from django.conf import settings
from django.core import checks

from gbp_status_ui import conf


def check_settings(app_configs=None, **kwargs):
    """Return an error for each option of ``GBP_STATUS_UI`` that is unknown or not a positive number."""
    given = getattr(settings, conf.SETTING, {})
    if not isinstance(given, dict):
        return [checks.Error(f'{conf.SETTING} must be a dict of options.', id='gbp_status_ui.E001')]
    return [error for option, value in given.items() for error in _errors(option, value)]


def _errors(option, value):
    if option not in conf.DEFAULTS:
        known = ', '.join(sorted(conf.DEFAULTS))
        yield checks.Error(
            f'{conf.SETTING} has no option {option!r}.', hint=f'The options are {known}.', id='gbp_status_ui.E002'
        )
    elif not _is_fit(option, value):
        what = 'whole number' if option in conf.COUNTS else 'number'
        yield checks.Error(
            f'{conf.SETTING}[{option!r}] must be a {what} above zero, not {value!r}.', id='gbp_status_ui.E003'
        )


def _is_fit(option, value):
    allowed = (int,) if option in conf.COUNTS else (int, float)
    return isinstance(value, allowed) and not isinstance(value, bool) and 0 < value < math.inf
