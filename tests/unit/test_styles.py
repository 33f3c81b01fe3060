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
RULE = re.compile(r'([^{};]+)\{([^{}]*)\}')
TONE = re.compile(r'\.gbp-status-tone-(\w+)\{--gbp-status-paper:([^;]+);--gbp-status-ink:([^;]+);')
COLOURS = {'white': '#fff', 'black': '#000'}


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


def declared(css, selector):
    """Return what is declared for a selector, wherever that stands."""
    return [declarations for selectors, declarations in RULE.findall(css) if selector in selectors.split(',')]


def luminance(colour):
    """WCAG 2, relative luminance."""
    digits = COLOURS.get(colour, colour)[1:]
    digits = digits if len(digits) == 6 else ''.join(digit * 2 for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return sum(one * share for one, share in zip(linear, (0.2126, 0.7152, 0.0722)))


def contrasts(css):
    """Return {tone: contrast of its ink to its paper}."""
    lights = {tone: sorted(map(luminance, (paper, ink))) for tone, paper, ink in TONE.findall(css)}
    return {tone: (light + 0.05) / (dark + 0.05) for tone, (dark, light) in lights.items()}


def test_tones_can_be_read_and_better_by_those_who_ask_for_more_contrast(css):
    """WCAG 1.4.3 asks for 4.5 to 1, 1.4.6 for 7 to 1."""
    usual, _media, more = css.partition('@media (prefers-contrast:more){.gbp-status-tone-danger')
    usual, more = contrasts(usual), contrasts('.gbp-status-tone-danger' + more)

    assert usual.keys() == more.keys() == TONES
    assert min(usual.values()) >= 4.5
    assert min(more.values()) >= 7


def test_what_has_the_focus_is_seen_and_what_is_pressed_is_large_enough(css):
    """WCAG 2.4.13 and 2.5.8."""
    # Spaces around colons are gone.
    assert any('outline:2px solid' in one for one in declared(css, '.gbp-status:focus'))
    assert any('min-width:24px;min-height:24px' in one for one in declared(css, '.gbp-status-button'))


@pytest.mark.parametrize('name', ['toolbar', 'popover', 'tabs', 'kinds', 'page-form'])
def test_paper_has_nothing_that_is_pressed(css, name):
    assert 'display:none' in declared(css, f'.gbp-status-{name}')
