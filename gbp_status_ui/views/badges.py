# SPDX-License-Identifier: Apache-2.0
"""The badges of tables and polls, from a cache: between most polls nothing changes in them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language

from gbp_status_ui.caching import bounded
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import Request
from gbp_status_ui.templatetags.gbp_status import badge_context

#: How many bytes of badges one process keeps: some thousands, at about 2 kB each; details may be very long.
CACHE_BYTES = 8_000_000

#: The attributes that a badge shows of a resource.
SHOWN = ('id', 'status', 'status_details')
_NOT_READ = ...


def badge(resource: Resource, scope: Scope, request: Request) -> str:
    """Return the HTML of a resource's badge in a scope, in the language and the theme of a request."""
    return _rendered(resource.kind.collection, shown(resource), scope, *appearance(request))


def shown(resource: Resource) -> tuple[Hashable, ...]:
    """Return what a badge shows of a resource; no status if it has not been read."""
    attributes = [resource.attributes.get(name, _NOT_READ) for name in SHOWN]
    others = resource.title, resource.extensions, resource.badge_note, int(resource.since), resource.errors
    return (*attributes, *others)


def appearance(request: Request) -> tuple[Hashable, ...]:
    """Return what decides how the same is rendered.

    The language, the dashboard's address, the request's theme, and the user's time zone with its today, which has no
    date: all that templates read which is not in what they are given.
    """
    now = timezone.localtime()
    place = get_language(), get_script_prefix(), request.COOKIES.get(settings.THEME_COOKIE_NAME)
    return *place, str(now.tzinfo), now.date()


@bounded.memoize(CACHE_BYTES)
def _rendered(collection: str, values: tuple[Any, ...], scope: Scope, *_appearance: Hashable) -> str:
    *attributes, name, extensions, beneath, since, errors = values
    read = {name: value for name, value in zip(SHOWN, attributes) if value is not _NOT_READ}
    times = {'since': since, 'errors': errors}
    resource = Resource(registry.BY_COLLECTION[collection], {'name': name, **read}, extensions=extensions, **times)
    return render_to_string('gbp_status_ui/_badge.html', badge_context(resource, scope, beneath))
