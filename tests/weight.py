# SPDX-License-Identifier: Apache-2.0
"""What a browser loads of the plugin: its share of what Horizon compresses, in bytes as a web server sends them."""

import dataclasses
import gzip
import re

import rjsmin

from gbp_status_ui import assets


@dataclasses.dataclass(frozen=True)
class Weight:
    """Bytes with gzip."""

    scripts: int
    styles: int


def weigh(static):
    """Return the :class:`Weight` of the plugin that is installed where ``static`` is Horizon's ``STATIC_ROOT``."""
    script = '\n'.join(rjsmin.jsmin((static / name).read_text(encoding='utf-8')) for name in assets.SCRIPTS)
    sheets = [sheet.read_text(encoding='utf-8') for sheet in (static / 'dashboard' / 'css').glob('output.*.css')]
    style = max((_own_rules(sheet) for sheet in sheets), key=len)
    return Weight(*(len(gzip.compress(text.encode())) for text in (script, style)))


def _own_rules(sheet):
    """Return the rules of a compressed sheet that name the plugin's classes, those of media queries included."""
    return ''.join(re.findall(r'(?:@media[^{}]*\{)?[^{}]*gbp-status[^{}]*\{[^{}]*\}', sheet))
