# SPDX-License-Identifier: Apache-2.0
"""The ways between two groups, which the address names."""

import collections

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import asking
from tests import hostile
from tests import markup
from tests.unit.views.test_ways import Cloud
from tests.unit.views.test_ways import drawn
from tests.unit.views.test_ways import GROUPS
from tests.unit.views.test_ways import outside
from tests.unit.views.test_ways import redirected
from tests.unit.views.test_ways import stops


@pytest.fixture
def cloud(aim):
    return Cloud(aim)


def page(client, one, other, panel_scope=scope.PROJECT):
    response = client.get(panel_scope.url('pair'), {'from': one, 'to': other})
    assert response.status_code == 200
    return markup.page(response)


def fragment(client, one, other, panel_scope=scope.PROJECT):
    """Follow the address of the page's fragment."""
    place = page(client, one, other, panel_scope).query_one('[data-gbp-status-fragments-url]')
    response = client.get(place.attrs['data-gbp-status-fragments-url'])
    assert (response.status_code, response.json()['pending']) == (200, [])
    return markup.fragment(response.json()['fragments']['ways'])


def answers(document):
    """Return [(verdict, sentence)] from one to the other, and back."""
    return [
        (one.attrs['data-gbp-answer-state'], text)
        for one, text in zip(document.query('[data-gbp-answer]'), markup.texts(document, '[data-gbp-answer] bdi'))
    ]


def test_two_names_lead_to_the_ways_in_both_directions(cloud, member):
    cloud.front()
    document = fragment(member, 'front', 'db')

    assert answers(document) == [
        ('works', 'Works as far as GBP and Neutron report: front may open tcp 80 to db.'),
        ('', 'Only front may open connections to db.'),
    ]
    assert drawn(document) == [(cloud.db, 'works')]
    assert stops(document) == ['front', 'web', 'db']


def test_ids_lead_there_too_the_other_way_round(cloud, member):
    front = cloud.front()
    document = fragment(member, cloud.db, front)

    assert [verdict for verdict, _sentence in answers(document)] == ['', 'works']
    assert drawn(document) == [(front, 'works')]


def test_an_external_group_is_an_end(cloud, member):
    outside(cloud)

    assert answers(fragment(member, 'internet', 'db'))[0][0] == 'works'


def test_the_chain_of_a_pair_is_drawn(cloud, member):
    redirected(cloud)
    cloud.front()

    assert stops(fragment(member, 'front', 'db')) == ['front', 'web', 'fw', 'lb', 'db']


def test_where_no_rule_set_joins_them_those_of_each_are_named(cloud, member):
    theirs = cloud.gbp.make('policy_rule_sets', 'secret', 'other')
    cloud.group('lonely', consumes=[theirs])
    document = fragment(member, 'lonely', 'db')

    assert [sentence for _verdict, sentence in answers(document)] == ['No rule set joins them.'] * 2
    assert markup.texts(document, 'p') == [
        'lonely provides: no rule set. lonely consumes: 1 that you may not see.',
        'db provides: web. db consumes: no rule set.',
    ]


def test_a_group_and_itself_have_no_way(cloud, member):
    document = page(member, 'db', cloud.db)

    assert 'Members may talk to each other, without a rule set.' in document.text()
    assert not document.query('[data-gbp-ways]')


def test_an_automatic_group_is_called_by_its_l2_policy(cloud, member):
    cloud.group('ptg-for-l2p', is_auto_ptg=True)
    called = 'Automatic group of l2-ptg-for-l2p'

    assert markup.texts(page(member, 'ptg-for-l2p', 'db'), 'div.gbp-status-pair > p > a') == [called, 'db']
    assert markup.texts(fragment(member, 'ptg-for-l2p', 'db'), 'dt') == [f'From {called} to db', f'From db to {called}']


def test_an_external_group_and_itself_have_no_way(cloud, member):
    outside(cloud)

    assert 'Both ends are the same external group' in page(member, 'internet', 'internet').text()


def test_two_external_groups_are_never_joined(cloud, member):
    outside(cloud)
    cloud.external('partners', provides=[cloud.rule_set])
    document = fragment(member, 'internet', 'partners')

    assert answers(document) == [('', 'No way leads from one external group to another.')] * 2


def test_plumbing_of_a_chain_is_no_end(cloud, member):
    cloud.front('proxy', proxied_group_id=cloud.db)

    said = 'proxy is part of a service chain, so no way begins or ends there.'
    assert answers(fragment(member, 'proxy', 'db')) == [('', said)] * 2


def test_ends_can_be_swapped(cloud, member):
    cloud.front('front & co')
    links = [one.attrs['href'] for one in page(member, 'front & co', 'db').query('.gbp-status-pair a.btn')]

    assert links == ['?from=db&to=front%20%26%20co']


def test_an_end_is_shown_while_the_other_one_is_not_named(cloud, member):
    document = page(member, cloud.db, '')

    assert 'Name a second group.' in document.text()
    assert markup.texts(document, 'div.gbp-status-pair > p > a') == ['db']


def test_what_the_answers_say_is_not_said_again_of_a_single_way(cloud, member):
    cloud.front()
    assert not fragment(member, 'front', 'db').query('[data-gbp-way] > p')

    second = cloud.gbp.make('policy_rule_sets', 'second', policy_rules=cloud.rules)
    cloud.group('both', consumes=[cloud.rule_set, second])
    cloud.gbp.change(cloud.db, provided_policy_rule_sets=[cloud.rule_set, second])
    assert len(fragment(member, 'both', 'db').query('[data-gbp-way] > p')) == 2


def test_a_name_that_nothing_has_is_said(cloud, member):
    document = page(member, 'banana', 'db')

    assert 'From: No group or external group that you may read has the name or the id “banana”.' in document.text()
    assert not document.query('[data-gbp-ways]')


def test_a_name_that_several_have_leads_to_each(cloud, member):
    twins = [cloud.front('twin'), cloud.front('twin')]
    document = page(member, 'twin', 'db')

    assert [link.attrs['href'] for link in document.query('.gbp-status ul a')] == [
        f'?from={id_}&to=db' for id_ in twins
    ]


def test_without_names_there_is_the_form(cloud, member):
    document = page(member, '', '')

    assert [one.attrs['name'] for one in document.query('.gbp-status-pair input')] == ['from', 'to']
    assert 'Name two groups or external groups.' in document.text()
    assert markup.page(member.get(document.query_one('p > a').attrs['href'])).query('input[name="marked"]')
    assert not document.query('[data-gbp-ways]')


def test_the_tab_of_groups_has_the_form(cloud, member):
    tabs = {
        tab: markup.page(member.get(scope.PROJECT.url('index') + f'?tab=gbp_status_tabs__{tab}'))
        for tab in ('groups', 'l3_policies')
    }

    assert [tab for tab, document in tabs.items() if document.query('.gbp-status-pair')] == ['groups']


@pytest.mark.slow
@pytest.mark.parametrize('others', [0, 200])
def test_each_kind_is_read_once_however_many_groups_there_are(cloud, member, others):
    front = cloud.front()
    for number in range(others):
        cloud.front(f'other-{number}')
    asking.gbp_of(member).has('servicechain')
    address = scope.PROJECT.url('pair_fragment') + f'?from={GROUPS}/{front}&to={GROUPS}/{cloud.db}'
    member.get(address)
    cloud.gbp.requests.clear()
    member.get(address)
    asked = [one for one in cloud.gbp.requests if one.collection in registry.BY_COLLECTION]

    assert collections.Counter(one.collection for one in asked) == {
        'policy_target_groups': 1,
        'policy_rule_sets': 1,
        'policy_rules': 1,
        'policy_classifiers': 1,
        'policy_actions': 1,
        'l2_policies': 1,
        'l3_policies': 1,
    }


@pytest.mark.parametrize('end', ['', 'banana', f'{GROUPS}/', f'{GROUPS}/gone', 'policy_rules/an-id', f'{GROUPS}/a/b'])
def test_what_is_no_end_has_no_fragment(cloud, member, end):
    address = scope.PROJECT.url('pair_fragment')

    assert member.get(address, {'from': end, 'to': f'{GROUPS}/{cloud.db}'}).status_code == 404


def test_an_end_that_could_not_be_read_is_no_end_that_has_gone(cloud, member):
    front = cloud.front()
    cloud.gbp.fail(GROUPS, 403)
    response = member.get(
        scope.PROJECT.url('pair_fragment'), {'from': f'{GROUPS}/{front}', 'to': f'{GROUPS}/{cloud.db}'}
    )

    assert response.status_code == 503
    assert response.headers['Gbp-Status-Reason'] == 'forbidden'


@pytest.mark.releases
def test_hostile_names_stay_text(cloud, administrator):
    front = cloud.front(hostile.NAME)
    cloud.front(hostile.NAME)

    hostile.require_none(fragment(administrator, front, cloud.db, scope.ADMIN))
    hostile.require_none(page(administrator, hostile.NAME, hostile.NAME, scope.ADMIN))


def test_an_end_of_which_nobody_knows_is_not_said_to_be_missing(cloud, member):
    cloud.gbp.fail(GROUPS, 500)
    document = page(member, 'front', 'db')

    assert 'Groups could not be read.' in document.text()
    assert 'that you may read has the name' not in document.text()


def marks(document):
    return [one.attrs for one in document.query('input[name="marked"]')]


def tab(client, slug, panel=scope.PROJECT):
    return markup.page(client.get(panel.url('index') + f'?tab=gbp_status_tabs__{slug}'))


def test_rows_of_groups_and_external_groups_can_be_marked(cloud, member):
    internet = outside(cloud)
    document = tab(member, 'groups')

    assert {one['value']: one['aria-label'] for one in marks(document)} == {
        cloud.db: 'Mark db',
        internet: 'Mark internet',
    }
    (form,) = document.query('form.gbp-status-pair')
    assert {one['form'] for one in marks(document)} == {form.attrs['id']}
    assert 'or mark two groups' in form.text()


def test_rows_of_other_tabs_cannot_be_marked(cloud, member):
    assert [slug for slug in ('l3_policies', 'service_chains', 'other') if marks(tab(member, slug))] == []


@pytest.mark.releases
@pytest.mark.parametrize('panel', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
def test_two_marks_lead_to_the_address_that_holds_both(cloud, administrator, panel):
    front = cloud.front()
    response = administrator.get(panel.url('pair'), {'from': '', 'to': '', 'marked': [front, cloud.db]})

    assert (response.status_code, response.url) == (302, panel.url('pair') + f'?from={front}&to={cloud.db}')


def test_a_name_and_a_mark_are_two_ends(cloud, member):
    response = member.get(scope.PROJECT.url('pair'), {'from': 'front & co', 'to': '', 'marked': cloud.db})

    assert response.url == scope.PROJECT.url('pair') + f'?from=front+%26+co&to={cloud.db}'


def test_one_mark_asks_for_a_second(cloud, member):
    response = member.get(scope.PROJECT.url('pair'), {'marked': cloud.db}, follow=True)

    assert 'Name a second group.' in markup.page(response).text()


def test_of_more_than_two_marks_nothing_is_said(cloud, member):
    marked = [cloud.db, cloud.front(), cloud.front('other')]
    document = markup.page(member.get(scope.PROJECT.url('pair'), {'marked': marked}))

    assert 'You marked or named 3 groups.' in document.text()
    assert not document.query('[data-gbp-ways]')


@pytest.mark.releases
@pytest.mark.parametrize('marked', [hostile.NAME, 'a\r\nSet-Cookie: owned=1', '', '?to=/&'])
def test_a_mark_is_text_of_an_address(cloud, member, marked):
    response = member.get(scope.PROJECT.url('pair'), {'marked': [marked, cloud.db]}, follow=True)

    hostile.require_none(markup.page(response))
    assert 'owned' not in response.cookies


def test_a_sentence_ends_as_the_language_ends_it(cloud, member, settings):
    web = cloud.group('web', consumes=[cloud.rule_set])
    member.cookies[settings.LANGUAGE_COOKIE_NAME] = 'ja'
    sentences = [markup.words(one) for one in fragment(member, web, cloud.db).query('[data-gbp-answer] > bdi')]

    assert [sentence[-1] for sentence in sentences] == ['。', '。']
