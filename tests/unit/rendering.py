# SPDX-License-Identifier: Apache-2.0
"""Which templates there are, and which have been rendered."""

import contextlib

from django.test import signals

from tests.settings import PLUGIN

TEMPLATES = PLUGIN.parent / 'templates'


def shipped():
    """Return the names of the plugin's templates, as Django's loaders know them."""
    return {str(path.relative_to(TEMPLATES)) for path in (TEMPLATES / 'gbp_status_ui').iterdir()}


@contextlib.contextmanager
def noted():
    """Yield the set of the names of those templates that are rendered from now on, included and extended ones too."""
    names = set()

    def note(template, **_signal):
        names.add(template.name)

    signals.template_rendered.connect(note)
    try:
        yield names
    finally:
        signals.template_rendered.disconnect(note)
