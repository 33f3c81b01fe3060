# SPDX-License-Identifier: Apache-2.0
"""What the plugin adds to a dashboard: few bytes."""

import gzip
from pathlib import Path

import rjsmin

SOURCES = Path(__file__).parents[2] / 'static' / 'gbp_status_ui'


def test_scripts_and_styles_are_small(board):
    """All that a page loads of the plugin, as Horizon minifies it and a web server packs it."""
    board.open()
    scripts = ''.join(rjsmin.jsmin(path.read_text(encoding='utf-8')) for path in sorted(SOURCES.glob('js/*.js')))
    styles = board.page.evaluate(
        """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText)
             .filter(text => text.includes('gbp-status')).join('')"""
    )
    assert 'gbp-status-badge' in scripts
    assert 'gbp-status-button' in styles
    assert len(gzip.compress((scripts + styles).encode())) < 14_000
