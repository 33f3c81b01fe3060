# SPDX-License-Identifier: Apache-2.0
"""The badge that a poll sends: rendered once for as long as nothing changes in it, as in most polls."""

import functools

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from gbp_status_ui.model import registry
from gbp_status_ui.service.api import Resource
from gbp_status_ui.templatetags.gbp_status import gbp_status_badge

#: How many badges one process keeps, at some 2 kB each.
KEPT = 2000

#: What a badge shows of a resource.
SHOWN = ('id', 'name', 'status', 'status_details')


def polled_badge(resource, scope, request):
    """Return the HTML of a resource's badge in a scope, in the language and the theme of a request."""
    shown = tuple(resource.attributes.get(name) for name in SHOWN)
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME)
    return _rendered(resource.kind.collection, shown, scope, get_language(), theme)


@functools.lru_cache(KEPT)
def _rendered(collection, shown, scope, _language, _theme):
    resource = Resource(registry.BY_COLLECTION[collection], dict(zip(SHOWN, shown)))
    return render_to_string('gbp_status_ui/_badge.html', gbp_status_badge(resource, scope)).strip()
