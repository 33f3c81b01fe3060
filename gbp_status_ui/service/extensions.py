# SPDX-License-Identifier: Apache-2.0
"""The extensions that the API has, as far as is known; every page of the dashboard asks, for its navigation."""

from horizon import exceptions as horizon_exceptions

from gbp_status_ui import conf
from gbp_status_ui.caching import shared_cache
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.service import connection

#: How many seconds the API has to say which extensions it has: every page of the dashboard waits for that.
LIMIT = 2

#: For how many seconds is believed that nobody knows the extensions: every page of the dashboard asks for them.
UNKNOWN_KEPT = 30


def aliases(way):
    """Return the aliases of the API's extensions; believed for ``extensions_age`` seconds in one region.

    None where the service does not answer: nobody knows then, and nothing is hidden because of it. A region without
    a network service has none; the navigation of every page asks, there too. ``way`` is a request's connection.
    """
    try:
        key = f'extensions:{way.endpoint}'
    except horizon_exceptions.ServiceCatalogException:
        return frozenset()
    kept = shared_cache.get_many([key])
    if key in kept:
        return kept[key]
    try:
        found = _asked(way)
    except horizon_exceptions.NotAuthenticated:
        # Said of the navigation it would lead away from every page of the dashboard; the panel's own calls say it.
        return None
    shared_cache.set_many({key: found}, UNKNOWN_KEPT if found is None else conf.get('extensions_age'))
    return found


def _asked(way):
    call = connection.EXTENSIONS
    answer = way.gather({call: call}, LIMIT)[call]
    if isinstance(answer, Failure) or answer.unreadable:
        return None
    return {extension['alias'] for extension in answer}
