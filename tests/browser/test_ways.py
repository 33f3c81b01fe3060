# SPDX-License-Identifier: Apache-2.0
"""Who can talk to whom, as users find it out: on the page of a group, from two ends, and over what their ways lead."""

import re
import urllib.parse

from playwright.sync_api import expect
import pytest

from demo.seed.plant import client
from demo.seed.plant import path_of
from demo.seed.plant import SINGULAR

from tests.browser.backend import ERROR
from tests.browser.board import Board
from tests.browser.board import GROUPS
from tests.browser.board import OTHER
from tests.browser.board import OVERVIEW
from tests.browser.conftest import SETTINGS
from tests.browser.conftest import WATCHED
from tests.browser.test_heartbeat import beat

CLICKS = 3


def ways(board):
    return board.page.locator('[data-gbp-way]')


def way(board, name):
    return ways(board).filter(has=board.page.locator('p a').get_by_text(name, exact=True))


def answers(board):
    return board.page.locator('[data-gbp-answer]')


def lines(board):
    """The ways that lead over the resource of a page."""
    return board.page.locator('[data-gbp-status-fragment="carried"] [data-gbp-way-state]')


def open_group(board, name):
    board.open(f'{GROUPS}&q={name}')
    board.row(name).get_by_role('link', name=name).click()
    board.wait_for_start()


def test_the_ways_of_a_group_follow_the_cloud(board, backend):
    backend.report({'promotion-rules': ERROR})
    open_group(board, 'web-frontend')
    expect(ways(board)).to_have_count(17)
    worst = ways(board).first
    expect(worst).to_have_attribute('data-gbp-way-state', 'broken')
    expect(worst.locator('p')).to_have_text('promotion-rules – Broken: group promotion-rules is in error.')
    path = worst.get_by_role('list', name='From web-frontend to promotion-rules')
    expect(path.locator('.gbp-status-stop > .gbp-status-quiet')).to_have_text(['Consumer', 'Rule Set', 'Provider'])
    expect(path.locator('.gbp-status-stop > a')).to_have_text(['web-frontend', 'internal-api', 'promotion-rules'])
    expect(path.locator('.gbp-status-way-rules li')).to_have_text('opened by the consumer: tcp 8443')

    button = way(board, 'session-cache').locator('.gbp-status-button').last
    button.click()
    expect(board.popover).to_contain_text('session-cache: Active')
    board.page.keyboard.press('Escape')
    expect(button).to_be_focused()

    backend.report({'session-cache': ERROR})
    beat(board)
    expect(worst.locator('p')).to_have_text('session-cache – Broken: group session-cache is in error.')
    expect(way(board, 'promotion-rules')).to_have_attribute('data-gbp-way-state', 'works')
    expect(way(board, 'session-cache').locator('.gbp-status-button').last).to_be_focused()


def test_ways_that_cannot_be_read_again_stay_with_their_time(board, backend):
    open_group(board, 'web-frontend')
    expect(ways(board)).to_have_count(17)
    for kind, label in (('policy_rule_sets', 'Rule Sets'), ('policy_classifiers', 'Classifiers')):
        backend.fail(kind, status=503)
        beat(board)
        expect(board.notice).to_contain_text(f'{label} could not be read since')
        expect(ways(board)).to_have_count(17)
        expect(board.page.locator('[data-gbp-ways] > [data-gbp-status-as-of]')).to_have_text(re.compile('^as of 12:0'))
        backend.recover()
        backend.report({'session-cache': ERROR})
        beat(board)
        expect(board.notice).to_be_hidden()
        expect(ways(board).first.locator('p')).to_contain_text('Broken: group session-cache is in error.')
        expect(board.page.locator('[data-gbp-status-as-of]')).to_have_count(0)


def test_two_marked_rows_lead_to_the_ways_between_them(board, backend):
    board.open(f'{GROUPS}&size=200')
    marks = [board.page.get_by_label(f'Mark {name}', exact=True) for name in ('web-frontend', 'search-api')]
    marks[0].check()
    backend.report({'cart-service': ERROR, 'web-frontend': ERROR})
    beat(board)
    board.expect_state('cart-service', 'ERROR')
    expect(marks[0]).to_be_checked()
    marks[1].check()
    backend.report({})
    board.page.get_by_role('button', name='Show ways').click()
    board.wait_for_start()
    ids = [board.page.locator(f'input[name="{end}"]').input_value() for end in ('from', 'to')]
    assert urllib.parse.urlsplit(board.page.url).query == f'from={ids[0]}&to={ids[1]}'
    expect(board.page.locator('div.gbp-status-pair > p')).to_have_text(
        [re.compile('From: Group search-api'), re.compile('To: Group web-frontend')]
    )
    expect(answers(board)).to_have_text(
        [
            'Only web-frontend may open connections to search-api.',
            re.compile('Works as far as .* web-frontend may open tcp 8443 to search-api.$'),
        ]
    )
    backend.report({'search-api': ERROR})
    beat(board)
    expect(answers(board).last).to_have_text('Broken: group search-api is in error.')
    board.page.get_by_role('link', name='Swap the ends').click()
    expect(board.page.locator('input[name="from"]')).to_have_value(ids[1])
    board.wait_for_start()
    expect(answers(board).first).to_have_text('Broken: group search-api is in error.')


def test_a_wrong_name_is_said_and_can_be_corrected(board):
    board.open(f'{GROUPS}&q=search-api')
    typed = '<b>"nobody"</b> \U0001f600' + 300 * 'x'
    board.page.get_by_label('From', exact=True).fill(typed)
    board.page.get_by_label('To', exact=True).fill('search-api')
    board.page.get_by_label('To', exact=True).press('Enter')
    board.wait_for_start()
    said = board.page.locator('.gbp-status-unmatched')
    expect(said).to_contain_text(
        'No group or external group that you may read has the name or the id “<b>"nobody"</b> '
    )
    expect(ways(board)).to_have_count(0)
    board.page.get_by_label('From', exact=True).fill('web-frontend')
    board.page.get_by_label('From', exact=True).press('Enter')
    board.wait_for_start()
    expect(answers(board).first).to_contain_text('web-frontend may open tcp 8443 to search-api')


def test_an_error_says_which_ways_it_breaks(board, backend):
    board.page.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    backend.report({'cache-access': ERROR})
    board.open(f'{OTHER}&q=cache-access')
    board.button('cache-access').click()
    broken = board.popover.locator('[data-gbp-broken-ways="2"]')
    expect(broken).to_contain_text('It breaks 2 ways, or a part of them:')
    expect(broken.locator('li').first).to_contain_text('Broken: rule set cache-access is in error.')
    board.popover.locator('[data-gbp-status-act="copy-ticket"]').click()
    expect(board.live).to_have_text('Copied')
    copied = board.page.evaluate('navigator.clipboard.readText()')
    for consumer in ('cart-service', 'web-frontend'):
        assert f'{consumer} -> cache-access -> session-cache: Broken: rule set cache-access is in error' in copied
    board.page.keyboard.press('Escape')
    board.row('cache-access').get_by_role('link', name='cache-access').click()
    board.wait_for_start()
    expect(lines(board)).to_have_count(2)
    backend.report({})
    beat(board)
    expect(board.page.locator('[data-gbp-way-state="works"]')).to_have_count(2)


@pytest.fixture
def redirected(cloud):
    """A group to which a rule redirects through the nodes of a chain, and a group that consumes it."""
    network = client(cloud.keystone_url, 'demo', 'RegionOne')
    made = []

    def named(collection, name):
        return network.get(path_of(collection), params={'name': name}).json()[collection][0]['id']

    def make(collection, name, **attributes):
        member = SINGULAR.get(collection, collection[:-1])
        answer = network.post(path_of(collection), json={member: {'name': name, **attributes}}).json()
        made.append(f'{path_of(collection)}/{answer[member]["id"]}')
        return answer[member]['id']

    classifier = named('policy_classifiers', 'https')
    actions = [named('policy_actions', 'inspect-web')]
    rule = make('policy_rules', 'inspect-vault', policy_classifier_id=classifier, policy_actions=actions)
    joining = {make('policy_rule_sets', 'inspected', policy_rules=[rule]): ''}
    lies_on = {'l2_policy_id': named('l2_policies', 'storefront')}
    vault = make('policy_target_groups', 'vault', provided_policy_rule_sets=joining, **lies_on)
    teller = make('policy_target_groups', 'teller', consumed_policy_rule_sets=joining, **lies_on)
    specs = [named('servicechain_specs', 'inspected-web')]
    ends = {'provider_ptg_id': vault, 'consumer_ptg_id': teller}
    make('servicechain_instances', 'teller-to-vault', servicechain_specs=specs, classifier_id=classifier, **ends)
    yield
    for path in reversed(made):
        network.delete(path)


@pytest.fixture(scope='module')
def window(browser, sessions):
    """One page of the member ``demo``, which all tasks share."""
    context = browser.new_context(**{**SETTINGS, 'storage_state': sessions['demo']})
    context.add_init_script(WATCHED)
    yield context.new_page()
    context.close()


class Visitor:
    """A user who begins on the overview; ``clicks`` counts clicks and Enter, typing is none."""

    def __init__(self, page, url):
        self.board = Board(page, url).open(OVERVIEW)
        self.page = page
        self.clicks = 0

    def click(self, role, name, within=None):
        (within or self.page).get_by_role(role, name=name, exact=True).first.click()
        self.clicks += 1

    def open_tab(self, name):
        self.click('link', name, self.page.locator('.gbp-status-tabs'))

    def search(self, text):
        self.page.locator('#gbp-status-q').fill(text)
        self.press_enter()

    def ask(self, one, other):
        self.page.get_by_label('From', exact=True).fill(one)
        self.page.get_by_label('To', exact=True).fill(other)
        self.press_enter()

    def press_enter(self):
        self.page.keyboard.press('Enter')
        self.clicks += 1

    def expect_to_read(self, *words):
        """All of these words come to stand on the page, in this order."""
        expect(self.board.root).to_contain_text(re.compile('.*'.join(map(re.escape, words)), re.DOTALL))


@pytest.fixture
def visitor(window, sessions, backend):
    one = Visitor(window, sessions.url)
    yield one
    assert 0 < one.clicks <= CLICKS


def test_task_can_one_reach_another(visitor):
    visitor.open_tab('Groups')
    visitor.ask('web-frontend', 'search-api')
    visitor.expect_to_read(
        'From web-frontend to search-api', 'Works as far as', 'web-frontend may open tcp 8443 to search-api.'
    )


def test_task_why_does_it_not(visitor, backend):
    backend.report({'internal-api': ERROR})
    visitor.open_tab('Groups')
    visitor.ask('web-frontend', 'search-api')
    visitor.expect_to_read('From web-frontend to search-api', 'Broken: rule set internal-api is in error.')


def test_task_who_is_cut_off_if_a_rule_fails(visitor):
    visitor.search('allow-redis')
    visitor.click('link', 'allow-redis')
    visitor.expect_to_read('Ways', '2 ways lead over it: 2 Works', 'session-cache')
    expect(lines(visitor.board).filter(has_text='cart-service')).to_have_count(1)
    expect(lines(visitor.board).filter(has_text='web-frontend')).to_have_count(1)


def test_task_which_ways_does_this_chain_carry(visitor, redirected):
    visitor.open_tab('Service Chains')
    visitor.click('link', 'teller-to-vault')
    visitor.expect_to_read('Ways', '1 way leads over it: 1 Works', 'teller', 'inspected', 'vault')


def test_task_which_groups_have_no_way(visitor, redirected):
    visitor.page.get_by_role('group').filter(has_text='Show:').locator('summary').click()
    visitor.click('link', 'Map')
    visitor.page.locator('#gbp-status-alone > summary').click()
    visitor.clicks += 2
    expect(visitor.page.locator('#gbp-status-alone a')).to_have_text(['bastion-hosts', 'dns-and-ntp'])


def test_task_is_anything_outside_reachable(visitor):
    visitor.open_tab('Groups')
    visitor.click('link', 'internet-customers')
    visitor.expect_to_read('Talks to', 'internet-customers may open tcp 80, 443 to web-frontend.')
    visitor.expect_to_read('From outside: needs a floating IP or a route there.')


def test_task_what_did_this_change_break(visitor, backend):
    backend.report({'allow-redis': ERROR})
    visitor.board.read_again()
    visitor.click('button', re.compile('^Error.* allow-redis'))
    expect(visitor.board.popover).to_contain_text('It breaks 2 ways, or a part of them:')
    expect(visitor.board.popover).to_contain_text('Broken: rule allow-redis is in error.')


def test_task_send_it_to_a_colleague(visitor, open_board):
    visitor.open_tab('Groups')
    visitor.ask('web-frontend', 'search-api')
    visitor.expect_to_read('web-frontend may open tcp 8443 to search-api.')
    for user, words in (('demo', 'web-frontend may open tcp 8443'), ('other', 'that you may read has the name')):
        board = open_board(user)
        board.page.goto(visitor.page.url)
        expect(board.root).to_contain_text(words)
