# SPDX-License-Identifier: Apache-2.0
"""One page of groups, at each size of project: the plugin, the rival, and the calls of the plugin's page alone."""

import dataclasses
import functools
import statistics

from demo.seed import plant

from tests.bench.large_cloud import SIZES
from tests.bench.meter import metered
from tests.bench.meter import take_turns

PLUGIN = 'project/gbp_status/?tab=gbp_status_tabs__groups'
RIVAL = 'project/rival/'
GBPUI = 'project/policytargets/'

#: How often each is asked for; the large ones take GBP long, and differ less.
ROUNDS = {20: 7, 100: 7, 1000: 5, 10000: 5}

#: The rival shows all rows in one page, which nobody would wait for beyond.
RIVAL_UP_TO = 1000

#: It calls the API some three times a group: half a minute for 1,000.
GBPUI_SIZES, GBPUI_ROUNDS = (20, 100), 5


@dataclasses.dataclass(frozen=True)
class Page:
    """Medians of the rounds: calls to Neutron, seconds, and the seconds of Horizon's CPU.

    ``beside`` is how many times as long as the API calls alone of the same round it took, and ``own`` how many seconds
    more than those it took outside of Neutron.
    """

    calls: int
    seconds: float
    beside: float
    own: float
    cpu: float

    @classmethod
    def median(cls, costs, alone):
        """``costs`` and ``alone``, those of the API calls alone, have one Cost a round."""
        pairs = list(zip(costs, alone, strict=True))
        return cls(
            calls=statistics.median_high(len(cost.calls) for cost in costs),
            seconds=statistics.median(cost.seconds for cost in costs),
            beside=statistics.median(cost.seconds / api.seconds for cost, api in pairs),
            own=statistics.median(cost.outside - api.outside for cost, api in pairs),
            cpu=statistics.median(cost.cpu for cost in costs),
        )


class Alone:
    """The API calls that the plugin's page has made, to be made again without Horizon."""

    def __init__(self, cloud, name, calls):
        self._client = plant.client(cloud.keystone_url, name, 'RegionOne')
        self._calls = calls
        # Logs in now, so that no round does.
        self._client.get_token()

    def __call__(self):
        """Read the answers to the end; one by one, as the demo's Neutron answers them."""
        for call in self._calls:
            # A connection of its own: Neutron may have closed one that was idle while others were measured.
            self._client.get(f'{call["path"]}?{call["query"]}', headers={'Connection': 'close'})


def measure(cloud, log_in, processes, say):
    """Return {size: {'plugin' | 'rival' | 'api': :class:`Page`}}, and {size: :class:`Alone`} for who comes later."""
    found, alone = {}, {}
    for size in SIZES:
        say(f'A page of {size} groups')
        viewer = log_in(f'groups-{size}')
        pages = {name: functools.partial(viewer.get, path) for name, path in _paths(size).items()}
        # Compiles the templates, opens connections, and is not counted.
        first = {name: _cost(cloud, page) for name, page in pages.items()}
        alone[size] = Alone(cloud, f'groups-{size}', first['plugin'].calls)
        found[size] = _in_turns(cloud, processes, {**pages, 'api': alone[size]}, ROUNDS[size])
    return found, alone


@dataclasses.dataclass(frozen=True)
class Hosted:
    """The page of group-based-policy-ui without our column and with it; ``ratio`` is that of their seconds."""

    pages: dict
    ratio: float


def of_gbpui(cloud, hosts, alone, say):
    """Return {size: :class:`Hosted`}.

    ``hosts`` are {'gbpui' | 'column': (function that logs in, processes)}, and ``alone`` {size: :class:`Alone`}.
    """
    found = {}
    for size in GBPUI_SIZES:
        say(f'group-based-policy-ui with {size} groups')
        ways = {name: functools.partial(log_in(f'groups-{size}').get, GBPUI) for name, (log_in, _) in hosts.items()}
        for page in ways.values():
            page()
        metered_ways = {name: functools.partial(_cost, cloud, ways[name], hosts[name][1]) for name in ways}
        costs = take_turns({**metered_ways, 'api': functools.partial(_cost, cloud, alone[size])}, GBPUI_ROUNDS)
        ratios = [column.seconds / bare.seconds for column, bare in zip(costs['column'], costs['gbpui'], strict=True)]
        pages = {name: Page.median(costs[name], costs['api']) for name in ways}
        found[size] = Hosted(pages, statistics.median(ratios))
    return found


def _paths(size):
    return {'plugin': PLUGIN, **({'rival': RIVAL} if size <= RIVAL_UP_TO else {})}


def _in_turns(cloud, processes, ways, rounds):
    """Return {name: :class:`Page`}; they take turns: none has the quiet minute."""
    metered_ways = {
        name: functools.partial(_cost, cloud, way, () if name == 'api' else processes) for name, way in ways.items()
    }
    costs = take_turns(metered_ways, rounds)
    return {name: Page.median(costs[name], costs['api']) for name in ways}


def _cost(cloud, way, processes=()):
    with metered(cloud, processes) as cost:
        way()
    return cost
