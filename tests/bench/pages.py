# SPDX-License-Identifier: Apache-2.0
"""One page of groups, at each size of project: the plugin, the rival, Horizon's frame, and the API calls alone."""

import dataclasses
import functools
import itertools
import statistics

from demo.seed import plant

from tests.bench import script
from tests.bench.large_cloud import SIZES
from tests.bench.meter import Cost
from tests.bench.meter import metered
from tests.bench.meter import take_turns

PLUGIN = script.GROUPS
FRAME = 'project/frame/'
RIVAL = 'project/rival/'
GBPUI = 'project/policytargets/'

#: How often each is asked for; the large ones take GBP long, and differ less.
ROUNDS = {20: 7, 100: 7, 1000: 5, 10000: 3}

#: The rival shows all rows in one page, which nobody would wait for beyond.
MAX_RIVAL_GROUPS = 1000

#: Where all rows change between two rounds, GBP stores each anew, which would count for others at a larger size.
MAX_CHANGED_GROUPS = 20

#: It calls the API some three times a group: half a minute for 1,000.
GBPUI_SIZES, GBPUI_ROUNDS = (20, 100), 5


@dataclasses.dataclass(frozen=True)
class Page:
    """Medians of the rounds: calls to Neutron, seconds, and the seconds of Horizon's CPU.

    ``beside`` is how many times as long as the API calls alone of the same round it took, ``own`` how many seconds
    more than its own calls alone it took outside of Neutron, and ``share`` how many of them the frame did not take.
    """

    calls: int
    seconds: float
    beside: float
    own: float
    share: float
    cpu: float

    @classmethod
    def median(cls, costs, api, calls=None, frame=None):
        """All have one Cost a round: ``api`` of the API calls alone, ``calls`` of the page's own, made alone."""
        nothing = [Cost() for _ in costs]
        rounds = map(_figures, costs, api, calls or nothing, frame or nothing)
        medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
        return cls(statistics.median_high(len(cost.calls) for cost in costs), *medians)


def _figures(cost, api, calls, frame):
    """Return the figures of one round, in the order of :class:`Page`."""
    own = cost.outside - calls.outside
    return cost.seconds, cost.seconds / api.seconds, own, own - frame.outside, cost.cpu


class Alone:
    """API calls that the plugin has made, to be made again without Horizon."""

    def __init__(self, cloud, name, calls):
        self._cloud, self._name, self._calls = cloud, name, calls
        self._client = plant.client(cloud.keystone_url, name, 'RegionOne')
        # Logs in now, so that no round does.
        self._client.get_token()

    def __call__(self):
        """Read the answers to the end; one by one, as the demo's Neutron answers them."""
        for call in self._calls:
            # A connection of its own: Neutron may have closed one that was idle while others were measured.
            self._client.get(f'{call["path"]}?{call["query"]}', headers={'Connection': 'close'})


def measure(lab):
    """Return {size: {'plugin' | 'changed' | 'rival' | 'frame' | 'api': :class:`Page`}}, and {size: :class:`Hosted`}."""
    # Fills the projects before anybody looks.
    lab.projects  # noqa: B018
    with lab.horizon() as board, lab.horizon('without-column', BENCH_GBPUI_TABLES='off') as bare:
        found, alone = _pages(lab.cloud, board.log_in, board.processes, lab.say)
        hosts = {'gbpui': (bare.log_in, bare.processes), 'column': (board.log_in, board.processes)}
        return found, _of_gbpui(lab.cloud, hosts, alone, lab.say)


def _pages(cloud, log_in, processes, say):
    """Return {size: {name: :class:`Page`}}, and {size: :class:`Alone`}."""
    found, alone = {}, {}
    # The first list of all takes Neutron so long that the plugin would remember it as one that does; it is another's.
    script.read_all(log_in(f'groups-{SIZES[1]}'))
    for size in SIZES:
        say(f'A page of {size} groups')
        viewer = log_in(f'groups-{size}')
        pages = {name: functools.partial(viewer.get, path) for name, path in _paths(size).items()}
        everything = _cost(cloud, functools.partial(script.read_all, viewer))
        # Compiles the templates, opens connections, and is not counted.
        first = {name: _cost(cloud, page) for name, page in pages.items()}
        calls = {'api': everything.calls, 'calls': first['plugin'].calls}
        made_again = {name: Alone(cloud, f'groups-{size}', some) for name, some in calls.items()}
        ways = {name: functools.partial(_cost, cloud, page, processes) for name, page in pages.items()}
        if size <= MAX_CHANGED_GROUPS:
            ways['changed'] = Changed(cloud, ways['plugin'])
        found[size] = _in_turns(cloud, ways, made_again, ROUNDS[size])
        alone[size] = made_again['api']
        cloud.statuses.clear()
    return found, alone


class Changed:
    """Measure a page all of whose rows have changed since it was opened last."""

    def __init__(self, cloud, measured):
        self._cloud, self._measured, self._number = cloud, measured, itertools.count(1)

    def __call__(self):
        self._cloud.statuses.set({'*': ['ACTIVE', f'look {next(self._number)}']})
        return self._measured()


@dataclasses.dataclass(frozen=True)
class Hosted:
    """The page of group-based-policy-ui without our column and with it; ``ratio`` is that of their seconds."""

    pages: dict
    ratio: float


def _of_gbpui(cloud, hosts, alone, say):
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
        pages = {name: Page.median(costs[name], costs['api'], costs['api']) for name in ways}
        found[size] = Hosted(pages, statistics.median(ratios))
    return found


def _paths(size):
    return {'plugin': PLUGIN, **({'rival': RIVAL} if size <= MAX_RIVAL_GROUPS else {}), 'frame': FRAME}


def _in_turns(cloud, ways, made_again, rounds):
    """Return {name: :class:`Page`}; they take turns: none has the quiet minute."""
    costs = take_turns(
        ways | {name: functools.partial(_cost, cloud, calls) for name, calls in made_again.items()}, rounds
    )
    # The frame makes no calls; the rival reads all groups, as the API calls alone do.
    calls = {'plugin': costs['calls'], 'changed': costs['calls'], 'rival': costs['api'], 'api': costs['api']}
    frames = dict.fromkeys(('plugin', 'changed', 'rival'), costs['frame'])
    return {name: Page.median(costs[name], costs['api'], calls.get(name), frames.get(name)) for name in (*ways, 'api')}


def _cost(cloud, way, processes=()):
    with metered(cloud, processes) as cost:
        way()
    return cost
