# SPDX-License-Identifier: Apache-2.0
"""Which figures stand in which table."""

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
    return table('One poll', heads, rows)


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
        ['Until an answer has the 50 errors that were stored', seconds(found.known), times(found.known_beside)],
        ['Until an answer has all 70 errors', seconds(found.all), times(found.all_beside)],
        ["The API's list of the groups alone", seconds(found.listed), times(1)],
        ['The longest request', seconds(found.longest), '-'],
    ]
    title = 'The overview of 10,000 groups of which 70 are in error'
    return table(title, ['What', 'Time', "Beside the API's list alone"], rows)


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
