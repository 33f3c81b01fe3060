# SPDX-License-Identifier: Apache-2.0
"""No text of a service, of Keystone or of an address is evaluated by AngularJS, on any page, nor later."""

import re
import urllib.parse

from playwright.sync_api import expect
import pytest

from demo.keystone import Identity
from gbp_status_ui.model import registry

from tests import expressions
from tests.browser.backend import ERROR
from tests.browser.board import CHAINS
from tests.browser.board import GROUPS
from tests.browser.board import OTHER
from tests.browser.board import OVERVIEW

#: What gunicorn takes.
REQUEST_LINE = 4094
UNFIT = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]')
PARAMETERS = ('kind', 'project', 'status', 'q', 'sort', 'page')
COMPILED = '.gbp-status .ng-scope, .gbp-status .ng-binding, .page-header .ng-binding, .page-breadcrumb .ng-binding'


@pytest.fixture
def say(backend):
    """say(text, keep=()) has GBP say a text in all places but ids and the attributes to keep."""

    def said(text, keep=()):
        backend.report({}, rest=ERROR)
        backend.cloud.faults.set({name: {'say': text, 'keep': keep} for name in registry.BY_COLLECTION})

    return said


@pytest.fixture(params=[('demo', 'project/gbp_status/'), ('admin', 'admin/gbp_status/')], ids=['project', 'admin'])
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


def require_nothing_evaluated(board):
    """AngularJS has gone through the page, and not through what is ours."""
    expect(board.page.locator('body.ng-scope')).to_be_attached()
    expect(board.page.locator('[aria-busy]')).to_have_count(0)
    assert board.page.evaluate('window.owned || []') == []
    assert board.page.locator(COMPILED).count() == 0
    assert not UNFIT.search(board.page.locator('body').inner_text())


def require_unevaluated(board, address):
    """Open a page, and look at what came and at what AngularJS has made of it."""
    answer = board.page.goto(board.panel + address)
    assert answer.status == 200
    assert not UNFIT.search(answer.text())
    require_nothing_evaluated(board)


def details_of(board, tab, kind):
    board.open(tab)
    return (
        board.page.locator(f'#{kind} tbody a')
        .first.get_attribute('href')
        .removeprefix('/' + board.panel[len(board.url) :])
    )


@pytest.mark.parametrize('keep', [('status',), ()], ids=['in error', 'unknown states'])
@pytest.mark.parametrize('text', expressions.SAID.values(), ids=expressions.SAID)
def test_what_gbp_says(panel, backend, say, text, keep):
    backend.report({}, rest=ERROR)
    pages = [details_of(panel, GROUPS, 'policy_target_groups'), details_of(panel, CHAINS, 'servicechain_instances')]
    say(text, keep)
    for address in (GROUPS, CHAINS, OTHER, OVERVIEW, *pages):
        require_unevaluated(panel, address)


@pytest.mark.parametrize('text', expressions.SAID.values(), ids=expressions.SAID)
def test_what_is_put_in_later(panel, say, text):
    say(text, ('status',))
    require_unevaluated(panel, GROUPS)
    panel.page.locator('.gbp-status-button').first.click()
    expect(panel.popover.locator('[data-gbp-status-why-answer]')).to_be_visible()
    panel.popover.locator('[data-gbp-status-act="copy-ticket"]').click()
    panel.read_again()
    require_nothing_evaluated(panel)


@pytest.mark.parametrize('text', expressions.SENT.values(), ids=expressions.SENT)
def test_what_an_address_holds(panel, backend, text):
    backend.report({'web-frontend': ERROR})
    sent = urllib.parse.quote(text, safe="{}$()[]|'=.")
    others = '&'.join(f'{parameter}={sent}' for parameter in PARAMETERS)
    for address in (f'{GROUPS}&{others}', f'{OVERVIEW}&{others}'):
        assert len(panel.panel + address) < REQUEST_LINE
        require_unevaluated(panel, address)
    require_unevaluated(panel, f'?tab={sent}')


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
    panel.page.locator('.gbp-status-export button').click()
    with panel.page.expect_download() as download:
        panel.page.get_by_role('link', name='CSV').click()
    assert download.value.suggested_filename.endswith('.csv')
