# SPDX-License-Identifier: Apache-2.0
"""Which figures stand in which table."""

import dataclasses

from tests.bench.report import milliseconds
from tests.bench.report import seconds
from tests.bench.report import size
from tests.bench.report import table
from tests.bench.report import times


def pages(found, hosted):
    """``hosted`` is {number of groups: Hosted} of group-based-policy-ui without and with our column."""
    heads = ['Groups', 'Who', 'API calls', 'Time', 'Beside the API calls alone', 'Own time', 'Own share']
    heads += ['CPU of Horizon']
    rows = []
    for groups, by_name in found.items():
        others = hosted[groups].pages if groups in hosted else {}
        for name, page in {**by_name, **others}.items():
            counted = f'{page.calls:,}', seconds(page.seconds), times(page.beside)
            rows.append([f'{groups:,}', NAMES[name], *counted, *_own(name, page)])
    title = 'A page of 20 rows (the DataTable: of all rows), by the number of groups in the project'
    ratios = ' and '.join(f'{times(one.ratio)} with {groups} groups' for groups, one in hosted.items())
    note = f"The page of group-based-policy-ui takes {ratios} of its time with this plugin's column in it."
    return [*table(title, heads, rows), '', note]


def _own(name, page):
    own = '-' if name == 'api' else milliseconds(page.own)
    share = milliseconds(page.share) if name in ('plugin', 'changed', 'rival') else '-'
    return own, share, '-' if name == 'api' else milliseconds(page.cpu)


NAMES = {
    'plugin': 'this plugin',
    'rival': 'DataTable',
    'frame': "Horizon's empty frame",
    'api': 'the API calls alone',
    'gbpui': 'group-based-policy-ui',
    'column': 'the same with our column',
    'changed': 'this plugin, all rows changed',
    'news': 'this plugin, all changed',
    'unchanged': 'this plugin, none changed',
}


def polls(found):
    heads = ['Rows in BUILD', 'Who', 'Requests', 'API calls', 'Answers', 'Questions']
    heads += ['CPU of Horizon', "Beside the DataTable's", 'Time']
    rows = [
        [
            str(count),
            NAMES[name],
            f'{poll.requests:.0f}',
            f'{poll.calls:.0f}',
            size(poll.down),
            size(poll.up),
            milliseconds(poll.cpu),
            times(ratio),
            seconds(poll.seconds),
        ]
        for count, by_name in found.items()
        for name, (poll, ratio) in by_name.items()
    ]
    note = "Wanted of a poll of 20 rows of which none has changed: at most 0.07 of the CPU beside the DataTable's."
    return [*table('One poll, on two workers with memcached', heads, rows), '', note]


def viewers(found):
    heads = [
        'Viewers',
        'API calls a second',
        'Of one who shares nothing',
        'Ratio',
        'Requests answered a second',
        'Slowest request',
    ]
    rows = [
        [
            watch.label,
            f'{load.together:.2f}',
            f'{load.alone:.3f}',
            times(load.together / load.alone),
            f'{load.polls / watch.seconds:.1f}',
            seconds(load.slowest),
        ]
        for watch, load in found.items()
    ]
    return table('Viewers of a page of 20 rows, on two workers with memcached', heads, rows)


def problems(found):
    rows = [
        ['Until the page shows the 50 errors that were stored', seconds(found.known), times(found.known_beside), '-'],
        ['Until it shows all 70 errors', seconds(found.all), times(found.all_beside), '1.15'],
        ['Until it has read all', seconds(found.read), times(found.read_beside), '1.15'],
        ["The API's lists alone", seconds(found.listed), times(1), '-'],
        ['The longest request', seconds(found.longest), '-', '-'],
    ]
    title = 'The overview of 10,000 groups of which 70 are in error'
    return table(title, ['What', 'Time', "Beside the API's lists alone", 'Wanted, at most'], rows)


#: {name in overview.FAULTS: (words, most calls, most requests)}
OPENINGS = {
    'quick': ('all lists quick', 18, 3),
    'one': ('one list late by 8 s', 19, 8),
    'all': ('all lists late by 8 s', 20, 12),
}


def overview(opened, refresh, beat):
    """``opened`` is {name of the faults: Opening}; the others are requests."""
    rows = [
        [OPENINGS[name][0], str(one.calls), f'{OPENINGS[name][1]}', str(one.requests), f'{OPENINGS[name][2]}']
        for name, one in opened.items()
    ]
    rows += [[f'{what} with 200 badges', '-', '-', str(many), '1'] for what, many in _reads(refresh, beat)]
    heads = ['What', 'API calls', 'Wanted, at most', 'Requests', 'Wanted, at most']
    return table('The overview in Chromium, on two workers with memcached', heads, rows)


def _reads(refresh, beat):
    return ('a Refresh', refresh), ('a heartbeat', beat)


def ways(found):
    """``found`` is {number of groups: ways.Found}."""
    rows = []
    for groups, one in found.items():
        pages = (one.list, '1'), (one.map, times(one.beside)), (one.group, '-')
        for what, (page, beside) in zip(('list of problems', 'map', 'page of a group'), pages, strict=True):
            counts = [f'{number:.0f}' for number in (page.calls, page.requests, page.elements, page.ways)]
            rows.append([f'{groups:,}', what, *counts, seconds(page.seconds), beside])
    heads = ['Groups', 'Page', 'API calls', 'Requests', 'Elements', 'Ways', 'Time until it rests', "Beside the list's"]
    return table('The map and the ways in Chromium, on two workers with memcached', heads, rows)


def slow_lists(found):
    rows = [
        [
            f'{case.seconds} s',
            str(case.tabs),
            'yes' if case.has_posted else 'no',
            str(asked.calls),
            '1',
            str(asked.requests),
            _or_never(asked.seconds),
        ]
        for case, asked in found.items()
    ]
    heads = ['The list takes', 'Tabs', 'After a POST', 'List calls', 'Wanted, at most', 'Requests']
    return table('One list that takes long, in Chromium', [*heads, 'Until all tabs have rows'], rows)


def _or_never(value):
    return 'not seen' if value is None else seconds(value)


def cache_use(trips, left):
    rows = [[f'Trips of a poll of {rows} rows', str(ours), '10'] for rows, (ours, _) in trips.items()]
    rows += [[f'Trips of Horizon, beside them ({rows} rows)', str(one), '-'] for rows, (_, one) in trips.items()]
    names = 'one read of a large list', '100 reads of it', 'those, and one of a short list'
    entries = dataclasses.astuple(left)
    most = f'{left.first[0]}'
    rows += [[f'Entries after {name}', _held(one), most] for name, one in zip(names, entries, strict=True)]
    return table('What memcached is used for', ['What', 'Seen', 'Wanted, at most'], rows)


def _held(one):
    entries, kilobytes = one
    return f'{entries}, {kilobytes:,.0f} kB'


def log_in(found):
    rows = [
        [what, seconds(found[name].frame), seconds(found[name].overview), wanted]
        for name, what, wanted in (('works', 'GBP answers', '-'), ('hangs', 'GBP hangs', '1 s'))
    ]
    heads = ['Without memcached', "Horizon's empty frame", 'The overview', 'Wanted, at most']
    return table('Log-in, until the first page is there', heads, rows)


def costly_cloud(found):
    heads = ['Page of', 'Rows with names', 'Statuses of the rows', 'Counts', 'Longest request', 'Requests', 'API calls']
    heads += ["GBP's time", 'The same an hour, by heartbeats', 'All is read again']
    rows = [
        [
            COSTLY[kind],
            *map(_or_never, (page.names, page.statuses, page.counts)),
            seconds(page.longest),
            str(page.requests),
            str(page.calls),
            seconds(page.cost),
            '-' if page.hourly is None else seconds(page.hourly),
            '-' if page.hourly is None else f'every {page.every or 60:.0f} s',
        ]
        for kind, page in found.items()
    ]
    rows.append(['wanted, at most', '1 s', '-', '-', '1 s', '-', '-', '-', '180 s', '-'])
    title = 'Pages of 20 rows where statuses cost what they cost with the AIM driver'
    return table(title, heads, rows)


COSTLY = {
    'l2_policies': '200 L2 policies',
    'policy_target_groups': '400 groups',
    'policy_rules': '300 rules',
}


def browser(poll, refresh, loaded):
    rows = [
        ['Scripting for a poll that changes 100 badges', f'{poll.scripting:.1f} ms'],
        ['Style and layout for it', f'{poll.style_and_layout:.1f} ms'],
        ['Scripting for a Refresh that changes 100 badges', f'{refresh.scripting:.1f} ms'],
        ['Style and layout for that', f'{refresh.style_and_layout:.1f} ms'],
        ['Scripts, minified and with gzip', size(loaded.scripts)],
        ['Styles, compressed and with gzip', size(loaded.styles)],
    ]
    return table('In the browser', ['What', 'How much'], rows)
