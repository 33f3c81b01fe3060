# SPDX-License-Identifier: Apache-2.0
"""One page of groups, at each size of project: the plugin, the rival, and the calls of the plugin's page alone."""

import dataclasses
import statistics

from demo.seed import plant

from tests.bench import gbpui
from tests.bench.large_cloud import SIZES
from tests.bench.meter import metered

PLUGIN = 'project/gbp_status/?tab=gbp_status_tabs__groups'
RIVAL = 'project/rival/'

#: How often each is asked for; the large ones take GBP long, and differ less.
ROUNDS = {20: 7, 100: 7, 1000: 5, 10000: 3}

#: The rival shows all rows in one page, which takes it minutes there.
RIVAL_UP_TO = 1000

GBPUI_SIZES, GBPUI_ROUNDS = (20, 100), 3


@dataclasses.dataclass(frozen=True)
class Page:
    """Medians: calls to Neutron, seconds, of these the seconds outside of Neutron, and those of Horizon's CPU."""

    calls: int
    seconds: float
    own: float
    cpu: float

    @classmethod
    def median(cls, costs):
        calls = statistics.median_high(len(cost.calls) for cost in costs)
        own = statistics.median(cost.seconds - _in_neutron(cost.calls) for cost in costs)
        # The system counts the CPU in hundredths of seconds: their mean is finer than their median.
        cpu = statistics.mean(cost.cpu for cost in costs)
        return cls(calls, statistics.median(cost.seconds for cost in costs), own, cpu)


def measure(cloud, log_in, processes, say):
    """Return {size: {'plugin' | 'rival' | 'api': :class:`Page`}}; they take turns: none has the quiet minute."""
    found = {}
    first = log_in(f'groups-{SIZES[0]}')
    for path in _paths(SIZES[0]):
        # Compiles the templates, opens connections, and is not counted.
        first.get(path)
    for size in SIZES:
        say(f'A page of {size} groups')
        viewer, client = log_in(f'groups-{size}'), plant.client(cloud.keystone_url, f'groups-{size}', 'RegionOne')
        rounds = [_round(cloud, viewer, client, size, processes) for _ in range(ROUNDS[size])]
        found[size] = {name: Page.median([one[name] for one in rounds]) for name in rounds[0]}
    return found


def of_gbpui(cloud, log_in, processes):
    """Return {size: :class:`Page`} of group-based-policy-ui, up to the size that it needs half a minute for."""
    found = {}
    for size in GBPUI_SIZES:
        viewer = log_in(f'groups-{size}')
        costs = []
        for _ in range(GBPUI_ROUNDS + 1):
            with metered(cloud, processes) as cost:
                viewer.get(gbpui.PAGE)
            costs.append(cost)
        found[size] = Page.median(costs[1:])
    return found


def _paths(size):
    return {'plugin': PLUGIN, **({'rival': RIVAL} if size <= RIVAL_UP_TO else {})}.values()


def _round(cloud, viewer, client, size, processes):
    costs = {}
    for name, path in zip(('plugin', 'rival'), _paths(size), strict=False):
        with metered(cloud, processes) as costs[name]:
            viewer.get(path)
    with metered(cloud) as costs['api']:
        _repeat(client, costs['plugin'].calls)
    return costs


def _repeat(client, calls):
    """Make the same calls and read their answers to the end; one by one, as the demo's Neutron answers them."""
    for call in calls:
        # A connection of its own: Neutron may have closed one that was idle while others were measured.
        client.get(f'{call["path"]}?{call["query"]}', headers={'Connection': 'close'})


def _in_neutron(calls):
    """The seconds in which Neutron was answering at least one of the calls."""
    total, until = 0.0, 0.0
    for call in calls:
        total += max(0.0, call['end'] - max(call['start'], until))
        until = max(until, call['end'])
    return total
