# SPDX-License-Identifier: Apache-2.0
"""No text of a service, of Keystone or of an address is evaluated by AngularJS, on any page, nor later."""

import itertools
import re
import urllib.parse

from playwright.sync_api import expect
import pytest

from demo.keystone import Identity

from tests import expressions
from tests.browser.backend import ERROR
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import OTHER
from tests.browser.board import OVERVIEW
from tests.browser.evaluation import require_nothing_evaluated
from tests.browser.evaluation import require_unevaluated
from tests.browser.evaluation import say

#: What gunicorn takes.
REQUEST_LINE_BYTES = 4094
PARAMETERS = ('kind', 'project', 'status', 'q', 'sort', 'page')
MARKS = list(expressions.MARKS.values())


#: The panels take turns: what AngularJS compiles of them is made by the same templates.
PROJECT, ADMIN = ('demo', 'project/gbp_status/'), ('admin', 'admin/gbp_status/')


@pytest.fixture(params=[PROJECT], ids=['project'])
def panel(request, open_board):
    user, place = request.param
    board = open_board(user)
    board.panel = board.url + place
    return board


@pytest.fixture
def auditor(cloud):
    """The name of an administrator whom nobody has told the names of projects yet, one of which is an expression."""
    identity = Identity(cloud.keystone_url)
    user = identity.ensure_administrator('auditor')
    project = identity.create('projects', name='{\0$constructor.constructor("window.owned=[1]")()$\0}')
    yield 'auditor'
    identity.delete('projects', project['id'])
    identity.delete('users', user['id'])


def details_of(board, tab, kind):
    """Return the addresses of the first three resources of a kind."""
    board.open(tab)
    links = board.page.locator(f'#{kind} tbody tr a[href*="/{kind}/"]')
    return [link.get_attribute('href').partition('gbp_status/')[2] for link in links.all()[:3]]


@pytest.mark.parametrize(
    ('panel', 'tab'),
    [(PROJECT, GROUPS), (PROJECT, CHAINS), (ADMIN, OTHER), (ADMIN, OVERVIEW)],
    indirect=['panel'],
)
def test_what_gbp_says(panel, backend, tab):
    say(backend)
    text = require_unevaluated(panel, tab)
    assert [mark for mark in MARKS if mark not in text] == []


@pytest.mark.parametrize(
    ('panel', 'tab', 'kind', 'first'),
    [(PROJECT, GROUPS, 'policy_target_groups', 0), (ADMIN, CHAINS, 'servicechain_instances', 3)],
    indirect=['panel'],
)
def test_what_gbp_says_of_one_resource(panel, backend, tab, kind, first):
    """Each text once, and as the status, too."""
    backend.report({}, rest=ERROR)
    for number, address in enumerate(details_of(panel, tab, kind)):
        say(backend, first + number)
        assert MARKS[number] in require_unevaluated(panel, address)


def test_what_is_put_in_later(panel, backend):
    say(backend)
    require_unevaluated(panel, GROUPS)
    for number in range(len(MARKS)):
        panel.page.locator('.gbp-status-button').nth(number).click()
        expect(panel.popover.locator('[data-gbp-status-why-answer]')).to_be_visible()
        panel.popover.locator('[data-gbp-status-act="copy-ticket"]').click()
    panel.read_again()
    require_nothing_evaluated(panel)


@pytest.mark.parametrize(
    ('panel', 'texts'),
    list(zip((PROJECT, ADMIN, PROJECT), expressions.SENT.values())),
    ids=expressions.SENT,
    indirect=['panel'],
)
def test_what_an_address_holds(panel, backend, texts):
    backend.report({'web-frontend': ERROR})
    sent = itertools.cycle(urllib.parse.quote(text, safe="{}$()[]|'=.") for text in texts)
    others = '&'.join(f'{parameter}={text}' for parameter, text in zip(PARAMETERS, sent))
    for address in (f'{GROUPS}&{others}', f'?tab={next(sent)}&{others}'):
        assert len(panel.panel + address) < REQUEST_LINE_BYTES
        require_unevaluated(panel, address)


def test_the_name_of_a_project(open_board, auditor):
    board = open_board(auditor)
    board.panel = board.url + 'admin/gbp_status/'
    require_unevaluated(board, GROUPS)
    expect(board.page.locator('#gbp-status-project')).to_contain_text('constructor')


def test_a_search_is_sent(panel, backend):
    require_unevaluated(panel, GROUPS)
    panel.page.fill('#gbp-status-q', 'web')
    panel.page.locator('.gbp-status-search button').click()
    expect(panel.page).to_have_url(re.compile('q=web'))


def test_a_project_is_chosen(open_board, backend):
    board = open_board('admin')
    board.panel = board.url + 'admin/gbp_status/'
    require_unevaluated(board, GROUPS)
    board.page.locator('#gbp-status-project').select_option(index=1)
    board.page.locator('.gbp-status-project-filter button').click()
    expect(board.page).to_have_url(re.compile('project=[0-9a-f]'))


def test_an_export_is_chosen_from_its_menu(panel, backend):
    require_unevaluated(panel, GROUPS)
    panel.page.locator('.gbp-status-export summary').click()
    with panel.page.expect_download() as download:
        panel.page.get_by_role('link', name='CSV').click()
    assert download.value.suggested_filename.endswith('.csv')
