# SPDX-License-Identifier: Apache-2.0
"""The styles compile as this Horizon compiles those of plugins, in each of its themes."""

from django.conf import settings
from django.template.loader import render_to_string
import pytest

from horizon import themes
from horizon.utils import scss_filter

from gbp_status_ui.model import statuses

TONES = {status.tone for status in (*statuses.KNOWN, statuses.read('DEGRADED'))}


def compiled(theme):
    """Return the CSS: from 25.6 on Horizon compiles each file apart, before that all as one."""
    if not hasattr(scss_filter, 'theme_dir'):
        context = {'THEME': theme, 'THEME_DIR': themes.get_theme_dir(), 'HORIZON_CONFIG': settings.HORIZON_CONFIG}
        return scss_filter.ScssFilter(content=render_to_string('themes/themes.scss', context)).input()
    files = [name for name in settings.HORIZON_CONFIG['scss_files'] if name.startswith('gbp_status_ui/')]
    return ''.join(scss_filter.ScssFilter(content=f'@import "/{name}";').input() for name in files)


@pytest.mark.parametrize('theme', [name for name, _label, _path in settings.AVAILABLE_THEMES])
def test_every_tone_has_its_colours_in_the_theme(theme, monkeypatch):
    monkeypatch.setattr(themes._local, 'theme', theme, raising=False)
    css = compiled(theme)
    assert {tone for tone in TONES if f'.gbp-status-tone-{tone}{{--gbp-status-paper:' in css} == TONES
