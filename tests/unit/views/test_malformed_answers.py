# SPDX-License-Identifier: Apache-2.0
"""What users see where an answer is not what GBP or Keystone sends: the rest, and how much is missing."""

import json
import types

import pytest

from openstack_dashboard.api import keystone

from gbp_status_ui.caching import store
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views.base import FRAGMENT

from tests import building
from tests import markup
from tests.asking import gbp_of
from tests.unit import population
from tests.unit.viewing import GROUPS
from tests.unit.viewing import page
from tests.unit.viewing import poll

CHAINS = 'servicechain_instances'
INDEX = scope.PROJECT.url('index')
PROXY_404 = [(404, b'<html>no such page</html>'), (404, b'{"message": "no Route matched"}'), (404, b'[]')]
VALUES = [None, True, 5, 1.5, 'text', '\ud800', ' ', 'a/b', [], [None], [5], [['a']], {}, {'a': 5}, {'a/b': None}]


def change(gbp, collection, function):
    """Let a function change all rows of a collection on their way."""

    def rewrite(asked, answer):
        if asked.collection == collection and collection in answer:
            return {collection: [function(dict(row)) for row in answer[collection]]}
        return answer

    gbp.rewrite = rewrite


def unusable(gbp, *names, collection=GROUPS):
    """Take the id of the rows with these names."""
    change(gbp, collection, lambda row: row | ({'id': 5} if row.get('name') in names else {}))


def notices(document):
    return markup.texts(document, '.gbp-status-unreadable')


def views(collections, all_ids, panel=scope.PROJECT):
    """Return an address of every view: tabs of these kinds, resources of two of them, and the ways of two groups."""
    first, second = all_ids[GROUPS]
    tabs = sorted({registry.BY_COLLECTION[collection].tab for collection in collections})
    ids = {collection: all_ids[collection] for collection in collections[:2]}
    return [
        *(f'{panel.url("index")}?tab=gbp_status_tabs__{tab}' for tab in tabs),
        *(f'{panel.url("export")}?format=csv&tab=gbp_status_tabs__{tab}' for tab in tabs),
        panel.url('lines') + '?' + '&'.join(f'kind={collection}' for collection in ids),
        panel.url('statuses') + '?' + '&'.join(f'{collection}={",".join(found)}' for collection, found in ids.items()),
        *(panel.url(view, kind, found[0]) for view in ('detail', 'explanation') for kind, found in ids.items()),
        panel.url('lines') + '?kind=map&view=map&q=-BANANA',
        panel.url('fragments', GROUPS, second) + '?kind=ways',
        f'{panel.url("pair_fragment")}?from={GROUPS}/{first}&to={GROUPS}/{second}',
    ]


@pytest.mark.parametrize(('number', 'words'), [(1, '1 row could'), (3, '3 rows could')])
def test_rows_without_an_id_are_left_out_and_counted(gbp, member, number, words):
    for name in ('web', 'a', 'b', 'c'):
        gbp.make(GROUPS, name)
    unusable(gbp, *'abc'[:number])
    document = markup.page(page(member))

    assert notices(document) == [f'Groups: {words} not be read.']
    assert len(document.query('tr[data-object-id]')) == 4 - number


def test_rows_are_counted_in_what_others_were_told_too(gbp, member, colleague):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'a')
    unusable(gbp, 'a')
    page(member)

    assert notices(markup.page(page(colleague))) == ['Groups: 1 row could not be read.']


def ownerless(gbp):
    """Take the owner of all rows, so that there may be some that nobody can place."""
    change(gbp, GROUPS, lambda row: row | {'tenant_id': None})


@pytest.mark.parametrize('asked', [{}, {'q': 'web'}, {'status': 'error'}], ids=str)
def test_what_could_not_be_used_is_not_said_to_be_nothing(gbp, member, asked):
    gbp.make(GROUPS, 'web')
    ownerless(gbp)
    document = markup.page(member.get(INDEX, {'tab': 'gbp_status_tabs__groups', 'kind': GROUPS, **asked}))

    assert notices(document) == ['Groups: 1 row could not be read.']
    assert document.query('table, .gbp-status-unmatched') == []


@pytest.mark.parametrize('asked', [{}, {'q': 'web'}], ids=str)
def test_what_could_not_be_used_is_not_said_to_be_well(gbp, member, asked):
    gbp.make(GROUPS, 'web')
    ownerless(gbp)
    fragment = member.get(scope.PROJECT.url('lines'), {'kind': 'problems', **asked}).json()['fragments']['problems']

    assert notices(markup.fragment(fragment)) == ['Groups: 1 row could not be read.']
    assert markup.fragment(fragment).query('.gbp-status-all-well, .gbp-status-unmatched') == []


@pytest.mark.slow
@pytest.mark.parametrize('others', [0, 1])
def test_a_kind_of_which_a_row_could_not_be_used_is_not_among_those_without_problems(gbp, member, others):
    for number in range(others + 1):
        gbp.make(GROUPS, f'web-{number}')
    change(gbp, GROUPS, lambda row: row | ({'tenant_id': None} if row['name'] == 'web-0' else {}))
    line = member.get(scope.PROJECT.url('lines'), {'kind': GROUPS}).json()['fragments'][GROUPS]

    assert notices(markup.fragment(line)) == ['Groups: 1 row could not be read.']
    assert markup.fragment(line).query('[data-gbp-status-empty]') == []


def test_what_could_not_be_used_may_depend_on_a_resource(gbp, member):
    front = gbp.make('l2_policies', 'front')
    gbp.make(GROUPS, 'web', l2_policy_id=front)
    ownerless(gbp)
    fragment = member.get(scope.PROJECT.url('fragments', 'l2_policies', front)).json()['fragments']['affected']

    assert notices(markup.fragment(fragment)) == ['Groups: 1 row could not be read.']
    assert 'Nothing depends on it.' not in fragment


def test_rows_that_could_not_be_used_are_counted_in_the_overview(gbp, member):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'a')
    unusable(gbp, 'a')
    line = member.get(scope.PROJECT.url('lines'), {'kind': GROUPS}).json()['fragments'][GROUPS]

    assert notices(markup.fragment(line)) == ['Groups: 1 row could not be read.']


def test_rows_of_those_that_use_a_resource_are_counted_on_its_page(gbp, member):
    classifier = gbp.make('policy_classifiers', 'http')
    for name in ('allow', 'a'):
        gbp.make('policy_rules', name, policy_classifier_id=classifier)
    change(gbp, 'policy_rules', lambda row: row | ({'id': 5} if len(found.append(row) or found) == 2 else {}))
    found = []
    document = markup.page(member.get(scope.PROJECT.url('detail', 'policy_classifiers', classifier)))

    assert notices(document) == ['Rules: 1 row could not be read.']


@pytest.mark.parametrize('format_', ['csv', 'json'])
def test_an_export_that_would_lack_rows_is_refused(gbp, member, format_):
    gbp.make(GROUPS, 'web')
    gbp.make(GROUPS, 'a')
    unusable(gbp, 'a')
    answer = member.get(scope.PROJECT.url('export'), {'format': format_, 'tab': 'gbp_status_tabs__groups'})

    assert (answer.status_code, answer.content.decode()) == (503, 'Groups could not be read.')


def test_a_row_that_could_not_be_used_is_not_gone(gbp, member):
    web, lost = gbp.make(GROUPS, 'web'), gbp.make(GROUPS, 'a')
    unusable(gbp, 'a')
    answer = poll(member, web, lost).json()

    assert (list(answer['rows'][GROUPS]), answer['gone'], answer['unavailable']) == ([web], {}, [GROUPS])


def unread(collection):
    """Return the answer of a poll that could not read a kind."""
    return {'rows': {}, 'gone': {}, 'unavailable': [collection], 'reasons': {collection: 'error'}}


def test_a_row_that_does_not_say_whose_it_is_is_not_gone(gbp, member):
    gbp.make(GROUPS, 'web')
    lost = gbp.make(GROUPS, 'a')
    change(gbp, GROUPS, lambda row: row | ({'tenant_id': None} if row['name'] == 'a' else {}))

    assert poll(member, lost).json() == unread(GROUPS)
    assert notices(markup.page(page(member))) == ['Groups: 1 row could not be read.']


def test_a_resource_that_does_not_say_whose_it_is_is_not_shown(gbp, member):
    lost = gbp.make(GROUPS, 'a', project=None)
    gbp.change(lost, shared=True)
    gbp.rewrite = lambda _asked, answer: {name: _without_owner(one) for name, one in answer.items()}

    assert member.get(scope.PROJECT.url('detail', GROUPS, lost)).status_code == 503


def _without_owner(value):
    return value | {'shared': False, 'tenant_id': None} if isinstance(value, dict) else value


@pytest.mark.slow
@pytest.mark.parametrize('fault', PROXY_404, ids=['html', 'json', 'list'])
def test_a_404_of_a_proxy_strikes_no_chain(gbp, member, fault):
    chain = building.chain(gbp, member)
    gbp.fail(f'{CHAINS}/{chain.id}', fault)

    assert poll(member, chain.id, kind=CHAINS).json() == unread(CHAINS)
    assert chain.id in page(member, 'service_chains').content.decode()
    assert member.get(scope.PROJECT.url('detail', CHAINS, chain.id)).status_code == 503


@pytest.mark.parametrize('fault', PROXY_404, ids=['html', 'json', 'list'])
@pytest.mark.parametrize('of', ['show', 'list'])
def test_a_404_of_a_proxy_empties_no_export(gbp, member, fault, of):
    chain = building.chain(gbp, member)
    gbp.fail(f'{CHAINS}/{chain.id}' if of == 'show' else CHAINS, fault)
    asked = {'format': 'json', 'tab': 'gbp_status_tabs__service_chains', 'kind': CHAINS}

    assert member.get(scope.PROJECT.url('export'), asked).status_code == 503


def test_a_404_of_gbp_says_that_a_chain_is_gone(gbp, member):
    chain = building.chain(gbp, member)
    gbp.delete(chain.id)

    assert poll(member, chain.id, kind=CHAINS).json()['gone'] == {CHAINS: [chain.id]}


@pytest.mark.parametrize('body', ['[]', '["a"]', '5', 'null', '"text"', '{}', '{"NeutronError": 5}', '<html>', ''])
def test_an_error_may_have_any_body(gbp, member, body):
    group = gbp.make(GROUPS, 'web')
    for status in (400, 403, 404, 409, 500, 503):
        gbp.fail(GROUPS, (status, body.encode()))

        assert poll(member, group, cache_control='no-cache').json()['unavailable'] == [GROUPS]


@pytest.mark.parametrize('value', VALUES, ids=ascii)
def test_the_extensions_may_be_anything(gbp, member, value):
    """The navigation of every page asks for them, and asks whether GBP is there."""
    for body in (value, {'extensions': value}, {'extensions': [value]}, {'extensions': [{'alias': value}, {}]}):
        gbp.fail('extensions', json.dumps(body).encode())
        store.backend().clear()

        assert gbp_of(member).has('group-policy') is not (value == [] and body == {'extensions': []})


def test_extensions_of_which_some_cannot_be_read_hide_nothing(gbp, member):
    gbp.fail('extensions', b'{"extensions": [{"alias": "router"}, 5]}')

    assert 'gbp_status_tabs__service_chains' in page(member).content.decode()


def _attributes():
    facts = [fact.attribute for kind in registry.KINDS for fact in kind.facts]
    relations = [relation.attribute for kind in registry.KINDS for relation in kind.relations]
    for_ways = [attribute for kind in registry.KINDS for attribute in kind.for_ways]
    own = ['id', 'name', 'description', 'status', 'status_details', 'shared', 'tenant_id']
    return sorted({*own, *facts, *relations, *for_ways})


@pytest.mark.slow
@pytest.mark.parametrize('attribute', _attributes())
def test_an_attribute_of_another_type_takes_no_view_down(gbp, administrator, attribute):
    """One value of each type in turn, in all rows of all kinds that have the attribute, on every view."""
    ids = population.fill(gbp, 2, project='admin', status='ERROR')
    having = [kind.collection for kind in registry.KINDS if attribute in (*kind.fields_with_relations, *kind.for_ways)]
    values = iter(VALUES * 1000)

    def rewritten(value):
        if isinstance(value, list):
            return [value[0], *map(rewritten, value[1:])] if value else value
        return value | {attribute: next(values)} if isinstance(value, dict) and attribute in value else value

    gbp.rewrite = lambda _asked, answer: {name: rewritten(value) for name, value in answer.items()}
    asked = views(having or [GROUPS], ids)
    # Horizon's frame, which shows nothing of the rows, is most of the work.
    answers = {address: administrator.get(address, headers={FRAGMENT: 'list'}).status_code for address in asked}

    assert {address: code for address, code in answers.items() if code not in {200, 404, 503}} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    'listed',
    [None, 5, 'text', [5], [None], [types.SimpleNamespace(name='without an id')]],
    ids=str,
)
def test_projects_may_be_anything(gbp, administrator, monkeypatch, listed):
    gbp.make(GROUPS, 'web')
    monkeypatch.setattr(keystone, 'tenant_list', lambda _request: (listed, False))
    answer = administrator.get(scope.ADMIN.url('index'), {'tab': 'gbp_status_tabs__groups'})

    assert 'demo' in markup.texts(markup.page(answer), 'td.gbp-status-column-project')
