# SPDX-License-Identifier: Apache-2.0
"""The styles compile as this Horizon compiles those of plugins, in each of its themes, and lose nothing in it."""

import functools
from pathlib import Path
import re

from django.conf import settings
import pytest

from horizon import themes
from horizon.utils import scss_filter

from gbp_status_ui.model import statuses

pytestmark = pytest.mark.releases

TONES = {status.tone for status in (*statuses.KNOWN, statuses.read('BANANA'))}
SCSS = Path(__file__).resolve().parent.parent.parent / 'static' / 'gbp_status_ui' / 'scss'
# pyScss up to Horizon 25.1, libsass from then on.
Filter = getattr(scss_filter, 'ScssFilter', None) or scss_filter.HorizonScssFilter
# A value that SCSS has nothing to compute in, colours and texts apart, which the compilers may write otherwise.
PLAIN = re.compile(r'^\s*(?P<name>[a-z][a-z-]*): (?P<value>[^$#@"\'{};]+);$', re.MULTILINE)
# What one compiler knows and the other takes for text, or computes: (what, why it must not be in CSS).
LOST = {
    'a custom property as text': re.compile(r"""var\(["']"""),
    'a function of SCSS': re.compile(r'\b(unquote|mix|lightness|gbp-status-(ink|contrast|luminance))\('),
    'a variable of SCSS': re.compile(r'\$[a-z]|#\{'),
    # libsass begins with one where a text is no ASCII; within what is concatenated it takes the next rule away.
    'a byte order mark': re.compile('\ufeff'),
}


def imported(theme):
    """From 25.6 on Horizon compiles each file apart, before that all as one, the theme's variables first."""
    if hasattr(scss_filter, 'theme_dir'):
        return ''
    return f'@import "/{themes.get_theme_dir()}/{theme}/variables"; @import "/dashboard/scss/variables"; '


@pytest.fixture(params=[name for name, _label, _path in settings.AVAILABLE_THEMES])
def css(request, monkeypatch):
    """The CSS in one theme, with white space and zeros as the compilers agree on."""
    monkeypatch.setattr(themes._local, 'theme', request.param, raising=False)
    return compiled(request.param)


@functools.cache
def compiled(theme):
    """Return the CSS in a theme, which has to be the current one of Horizon."""
    files = [name for name in settings.HORIZON_CONFIG['scss_files'] if name.startswith('gbp_status_ui/')]
    source = imported(theme) + ''.join(f'@import "/{name}"; ' for name in files)
    return same(Filter(content=source, attrs={}).input())


def same(css):
    css = re.sub(r'\s*([{};:,>])\s*', r'\1', ' '.join(css.split()))
    return re.sub(r'(?<![\d.])0(\.\d)', r'\1', css.replace(';}', '}'))


def test_every_tone_has_its_colours_in_the_theme(css):
    tinted = {tone for tone in TONES if f'.gbp-status-tone-{tone}{{--gbp-status-paper:#' in css}

    assert tinted == TONES


@pytest.mark.slow
@pytest.mark.parametrize('what', LOST)
def test_nothing_stays_uncompiled(css, what):
    assert [css[found.start() - 40 : found.end() + 40] for found in LOST[what].finditer(css)] == []


@pytest.mark.slow
def test_what_is_plain_css_comes_out_as_it_is(css):
    plain = {
        same(f'{found["name"]}: {found["value"]}')
        for path in SCSS.glob('*.scss')
        for found in PLAIN.finditer(path.read_text(encoding='utf-8'))
    }

    assert len(plain) > 50
    assert {declaration for declaration in plain if declaration not in css} == set()


def test_custom_properties_and_their_fallbacks_are_read(css):
    assert 'box-shadow:0 0 0 1px var(--gbp-status-line)' in css
    assert re.search(r'background:var\(--gbp-status-paper,(#|[a-z])[^)]*\)', css)
