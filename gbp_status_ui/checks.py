# SPDX-License-Identifier: Apache-2.0
"""Django's system checks of the settings: each mistake by the name of its setting, and which value is used instead."""

from __future__ import annotations

from collections.abc import Iterator

from django.core import checks

from gbp_status_ui import conf


def check_settings(app_configs: object = None, **kwargs: object) -> list[checks.CheckMessage]:
    """Return an error for each setting in ``GBP_STATUS_UI`` that does not exist or whose value does not fit.

    One that an earlier release had is no more than a piece of information.
    """
    given = conf.given()
    if not isinstance(given, dict):
        message = f'{conf.SETTING} must be a dict of settings, not {given!r}. All settings have their defaults.'
        return [checks.Error(message, id='gbp_status_ui.E001')]
    return [found for name, value in given.items() for found in _found(name, value)]


def _found(name: str, value: object) -> Iterator[checks.CheckMessage]:
    setting = conf.BY_NAME.get(name)
    if name in conf.REMOVED:
        message = f'{conf.SETTING} has {name!r}, which has no effect any more.'
        yield checks.Info(message, hint='Leave it out.', id='gbp_status_ui.I001')
    elif setting is None:
        hint = f'The settings are {", ".join(sorted(conf.BY_NAME))}.'
        yield checks.Error(f'{conf.SETTING} has no setting {name!r}.', hint=hint, id='gbp_status_ui.E002')
    elif not setting.type.fits(value):
        yield checks.Error(
            f'{conf.SETTING}[{name!r}] must be {setting.type.words}, not {value!r}.',
            hint=f'{setting.purpose} Until it fits, the default {setting.default!r} is used.',
            id='gbp_status_ui.E003',
        )
