# SPDX-License-Identifier: Apache-2.0
"""Every address of a panel, as its URLconf has them, with everything that it shows."""

from django.urls import get_resolver

from gbp_status_ui.model import registry

GROUPS = 'policy_target_groups'
CHAINS = 'servicechain_instances'
EVERY_TAB = ('gbp_status_tabs__overview', *(f'gbp_status_tabs__{tab.slug}' for tab in registry.TABS))
#: A search that finds everything: without any the overview lists problems alone.
ALL = '&q=-BANANA'

#: The overview's fragments.
_FRAGMENTS = ('problems', 'map', *registry.BY_COLLECTION)

#: {view: what it is asked, of {collection: [ids]}}, for those that are not about one resource.
_QUESTIONS = {
    'index': lambda _ids: [f'?tab={tab}' for tab in EVERY_TAB] + ['?view=map'],
    'export': lambda _ids: [f'?tab={tab}&format={kind}{ALL}' for tab in EVERY_TAB for kind in ('csv', 'json')],
    'lines': lambda _ids: [
        '?' + '&'.join(f'kind={name}' for name in ('problems', 'map', *registry.BY_COLLECTION)) + ALL
    ],
    'pair': lambda ids: [f'?from={ids[GROUPS][0]}&to={ids[GROUPS][-1]}'],
    'pair_fragment': lambda ids: [f'?from={GROUPS}/{ids[GROUPS][0]}&to={GROUPS}/{ids[GROUPS][-1]}'],
    'statuses': lambda ids: [f'?{GROUPS}={ids[GROUPS][0]}&{CHAINS}={ids[CHAINS][0]}'],
}


def patterns(panel):
    """Return the URL patterns of the panel of one scope."""
    return get_resolver(f'gbp_status_ui.{panel.dashboard}.urls').url_patterns


def of(panel, ids):
    """Return the addresses; ``ids`` is {collection: [ids]} of what those of one resource are about, the first each."""
    return [address for found in by_view(panel, ids).values() for address in found]


def by_view(panel, ids):
    """Return {name of a view: its addresses}."""
    return {pattern.name: _of(panel, pattern, ids) for pattern in patterns(panel)}


def _of(panel, pattern, ids):
    if set(pattern.pattern.converters) == {'collection', 'resource_id'}:
        return [panel.url(pattern.name, kind, id_) for kind, (id_, *_) in ids.items()]
    return [panel.url(pattern.name) + question for question in _QUESTIONS[pattern.name](ids)]
