# SPDX-License-Identifier: Apache-2.0
"""Every parameter, part of a path, header and cookie with whatever it may hold: an answer, and nobody's code."""

import dataclasses
import itertools
import urllib.parse

from django.http import QueryDict
import pytest

from gbp_status_ui.caching.freshness import NOT_BEFORE
from gbp_status_ui.caching.freshness import NOT_BEFORE_PARAMETER
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import scope
from gbp_status_ui.views import pair
from gbp_status_ui.views.base import FRAGMENT

from tests import hostile
from tests import markup
from tests.unit import addresses
from tests.unit import population
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS
from tests.unit.viewing import said
from tests.unit.viewing import UNFIT
from tests.unit.views.test_uncompiled_pages import is_left_alone
from tests.unit.views.test_uncompiled_pages import shown

PANELS = (scope.PROJECT, scope.ADMIN)
#: Horizon's tables look for one of their own.
PARAMETERS = (
    *(field.name for field in dataclasses.fields(Query)),
    'format',
    'action',
    NOT_BEFORE_PARAMETER,
    pair.FROM,
    pair.TO,
)
GROUPS_TAB, OVERVIEW_TAB = {'tab': 'gbp_status_tabs__groups'}, {'tab': 'gbp_status_tabs__overview'}
#: A view, what its address needs besides, and whether a page is asked for without Horizon's frame.
ASKED = (
    ('index', GROUPS_TAB),
    ('index', OVERVIEW_TAB),
    ('lines', {'kind': 'problems'}),
    ('lines', {'kind': GROUPS}),
    ('lines', {'kind': 'map', 'view': 'map'}),
    ('export', {**GROUPS_TAB, 'format': 'csv'}),
    ('export', {**OVERVIEW_TAB, 'format': 'json'}),
    ('pair', {}),
    ('pair', {pair.FROM: 'web', pair.TO: 'web'}),
    ('pair_fragment', {}),
)
#: Those that no other view reads, or that it reads otherwise.
OWN = {
    'export': ('format', 'tab', NOT_BEFORE_PARAMETER),
    'lines': ('kind', 'view'),
    'pair': (pair.FROM, pair.TO),
    'pair_fragment': (pair.FROM, pair.TO),
}
VALUES = {
    'markup': hostile.NAME,
    'expressions': '{\0$ 6*7 $\0} {$ 6*7 $} {{ 6*7 }} \x1b[31m \x7f \x85 \x9b \u2028',
    'nothing': '',
    'blanks': ' \t\n\u00a0',
    'separators': ',,%2C,%25,;&=#?/',
    'a huge number': '9' * 5000,
    'digits of another script': '٣',
    'a number below zero': '-1',
    'a path': '../../etc/passwd\0.html',
    'something long': 'x,y -"z ' * 2000,
    'a pattern': '(a+)+$[\\',
    'a header': 'a\r\nSet-Cookie: owned=1',
}
#: Addresses that no form sends.
QUERIES = {
    'no text': 'q=%ff%fe&status=%c3%28&project=%ed%a0%80',
    'half an escape': 'q=%&status=%2&tab=%zz',
    'no names': '&&=a&=&;',
    'no values': 'tab&q&status&page&format',
    'twice': 'tab=a&tab=gbp_status_tabs__groups&page=1&page=x&format=csv&format=json',
    'other names': 'tab[]=a&status.__class__=b&__proto__[a]=c&q[$ne]=1',
    'many': '&'.join(f'kind={number}' for number in range(900)),
    'long': 'q=' + 'a' * 60_000,
}
SCRIPT = {FRAGMENT: 'list', 'X-Requested-With': 'XMLHttpRequest'}
HEADERS = (
    'Accept',
    'Accept-Language',
    'Cache-Control',
    'If-None-Match',
    'Referer',
    'X-Requested-With',
    FRAGMENT,
    NOT_BEFORE,
)
COOKIES = ('django_timezone', 'django_language', 'horizon_pagesize', 'API_RESULT_PAGE_SIZE', 'theme', 'csrftoken')
RIGHT = {200, 400, 404}


def fault_of(answer, value):
    """Return what is wrong with an answer to a question with a hostile value, or None."""
    text = said(answer)
    if answer.status_code not in RIGHT:
        return answer.status_code
    if UNFIT.search(text):
        return 'control characters'
    if 'owned' in answer.cookies:
        return 'a cookie'
    if answer.status_code != 200 and not text.strip():
        return 'no message'
    return 'markup' if value == hostile.NAME and any('<img src=x' in part for part in _html(answer)) else None


def _html(answer):
    if 'json' in answer.headers['Content-Type']:
        return answer.json().get('fragments', {}).values() if answer.content.startswith(b'{"fragments"') else []
    return [answer.content.decode()] if 'html' in answer.headers['Content-Type'] else []


def parameters(view, turn):
    """Yield (panel, parameter, name of a value): all for the first view, else its own and each other one once.

    Each parameter meets each value in some view, and each view meets each parameter and each value. Panels take turns.
    """
    for (row, parameter), (column, name) in itertools.product(enumerate(PARAMETERS), enumerate(VALUES)):
        if turn == 0 or parameter in OWN.get(view, ()) or (turn + row + column) % len(VALUES) == 0:
            yield PANELS[(row + column) % 2], parameter, name


@pytest.mark.slow
@pytest.mark.parametrize(('view', 'needed'), ASKED, ids=lambda one: one if isinstance(one, str) else '-'.join(one))
def test_no_parameter_takes_a_view_down(gbp, administrator, view, needed):
    gbp.make(GROUPS, 'web', project='admin', status='ERROR')
    faults = {}
    for panel, parameter, name in parameters(view, ASKED.index((view, needed))):
        answer = administrator.get(panel.url(view), {**needed, parameter: VALUES[name]}, headers={FRAGMENT: 'list'})
        faults[parameter, name] = fault_of(answer, VALUES[name])

    assert {asked: fault for asked, fault in faults.items() if fault} == {}


@pytest.mark.parametrize('panel', PANELS, ids=lambda one: one.dashboard)
def test_no_poll_is_taken_down(gbp, administrator, panel):
    group = gbp.make(GROUPS, 'web', project='admin')
    questions = [{name: value} for value in VALUES.values() for name in (value, 'policy_target_groups')]
    faults = [
        (
            asked,
            fault_of(administrator.get(panel.url('statuses'), {GROUPS: group, 'l3_policies': group, **asked}), None),
        )
        for asked in questions
    ]

    assert [asked for asked, fault in faults if fault] == []


@pytest.mark.slow
@pytest.mark.parametrize('panel', PANELS, ids=lambda one: one.dashboard)
def test_no_part_of_a_path_takes_a_view_down(administrator, panel):
    views = [pattern.name for pattern in addresses.patterns(panel) if pattern.pattern.converters]
    wrong = []
    for view, part, name in itertools.product(views, (GROUPS, 'an-id'), VALUES):
        address = panel.url(view, GROUPS, 'an-id').replace(part, urllib.parse.quote(VALUES[name], safe=''))
        answer = administrator.get(address)
        if answer.status_code != 404 or fault_of(answer, VALUES[name]):
            wrong.append((view, part, name))

    assert (len(views), wrong) == (3, [])


@pytest.mark.parametrize('question', QUERIES.values(), ids=QUERIES)
def test_no_query_takes_a_view_down(gbp, administrator, question):
    """As they stand in an address: what is no text, what has no name, and more than anybody asks."""
    gbp.make(GROUPS, 'web', project='admin')
    for view in ('index', 'lines', 'export', 'statuses'):
        address = scope.PROJECT.url(view)
        answer = administrator.get(address, QUERY_STRING=question, headers={FRAGMENT: 'list'})

        assert fault_of(answer, question) is None, view


def on_the_wire(text):
    """Return the text of a header as a web server hands it on: each byte a character."""
    return text.encode().decode('latin-1')


@pytest.mark.slow
@pytest.mark.parametrize('header', HEADERS)
def test_no_header_takes_a_view_down(gbp, administrator, header):
    group = gbp.make(GROUPS, 'web', project='admin', status='ERROR')
    own = 'http://testserver' + scope.PROJECT.url('index')
    values = [*VALUES.values(), f'{own}?q={hostile.NAME}', 'http://[', 'max-age=' + '9' * 5000, 'no-cache, max-age=-1']
    for value, (view, *of) in itertools.product(values, (('index',), ('statuses',), ('detail', GROUPS, group))):
        asked = {GROUPS: group} if view == 'statuses' else GROUPS_TAB
        sent = {FRAGMENT: 'list', header: on_the_wire(value)}
        answer = administrator.get(scope.PROJECT.url(view, *of), asked, headers=sent)

        assert fault_of(answer, hostile.NAME if hostile.NAME in value else value) is None, (view, value)


@pytest.mark.slow
@pytest.mark.parametrize('cookie', COOKIES)
def test_no_cookie_takes_a_view_down(gbp, administrator, cookie):
    """Whatever another application of the same host has left. Horizon's own pages are taken down by a time zone."""
    kept = administrator.cookies.output(header='', sep=';')
    group = gbp.make(GROUPS, 'web', project='admin', status='ERROR')
    for value, (view, *of) in itertools.product(VALUES.values(), (('index',), ('explanation', GROUPS, group))):
        sent = {**SCRIPT, 'Cookie': f'{kept}; {cookie}={on_the_wire(value)}'}
        answer = administrator.get(scope.PROJECT.url(view, *of), GROUPS_TAB, headers=sent)

        assert fault_of(answer, value) is None, (view, value)


@pytest.mark.slow
@pytest.mark.parametrize('panel', PANELS, ids=lambda one: one.dashboard)
@pytest.mark.parametrize('tab', [GROUPS_TAB, OVERVIEW_TAB], ids=lambda one: one['tab'])
def test_no_parameter_is_compiled_in_a_page(gbp, administrator, panel, tab):
    gbp.make(GROUPS, 'banana', project='admin', status='ERROR')
    given = {name: f'banana {VALUES["expressions"]} {hostile.NAME}' for name in PARAMETERS if name != 'tab'}
    page = markup.page(administrator.get(panel.url('index'), {**given, **tab}))

    assert len(shown(page, 'banana')) > 5
    assert [element for element in shown(page, 'banana') if not is_left_alone(element)] == []
    hostile.require_none(page)


@pytest.mark.slow
def test_the_parameters_are_those_that_the_views_read(gbp, administrator, monkeypatch):
    ids = population.fill(gbp, 1, project='admin')
    read, get = set(), QueryDict.__getitem__
    monkeypatch.setattr(QueryDict, '__getitem__', lambda query, name: read.add(name) or get(query, name))
    for panel in PANELS:
        for address in addresses.of(panel, {name: ids[name] for name in (GROUPS, CHAINS)}):
            administrator.get(address)

    assert read == set(PARAMETERS)
