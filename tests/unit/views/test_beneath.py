# SPDX-License-Identifier: Apache-2.0
"""The section *In Neutron* of the page of one resource, and its names in the fabric."""

from django.test import override_settings
from django.urls import NoReverseMatch
import pytest

import horizon

from gbp_status_ui.caching import deadline
from gbp_status_ui.model import neutron
from gbp_status_ui.model import scope
from gbp_status_ui.views import beneath

from tests import hostile
from tests import markup
from tests.unit.views.test_detail import ask
from tests.unit.views.test_detail import attributes
from tests.unit.views.test_detail import opened

GROUPS, L2_POLICIES, L3_POLICIES, TARGETS = 'policy_target_groups', 'l2_policies', 'l3_policies', 'policy_targets'
SECTION = '[data-gbp-status-key="in-neutron"]'
NO_STATE = 'Neutron reports no state of those of its objects that you may see.'
FRAGMENT = {'X-Requested-With': 'XMLHttpRequest', 'Gbp-Status-Fragment': 'list'}
both_scopes = pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)


def make_all(aim):
    """Make a resource for each kind of object; return {collection: id} of both."""
    made = {kind: aim.neutron.make(kind, f'the {kind}') for kind in neutron.BY_COLLECTION}
    return made | {
        L2_POLICIES: aim.make(L2_POLICIES, 'front', network_id=made['networks']),
        L3_POLICIES: aim.make(
            L3_POLICIES,
            'core',
            routers=[made['routers']],
            address_scope_v4_id=made['address_scopes'],
        ),
        GROUPS: aim.make(GROUPS, 'web', subnets=[made['subnets']]),
        TARGETS: aim.make(TARGETS, 'web-1', status=None, port_id=made['ports']),
    }


def lines(document):
    """Return what is said of each object: its state, its kind, its name, and its names in the fabric."""
    return [line.replace(' Copy', '') for line in markup.texts(document, f'{SECTION} [data-gbp-status-object]')]


def said(document):
    return markup.texts(document, f'{SECTION} > p')


def links(document):
    return [link.attrs['href'] for link in document.query(f'{SECTION} li > a')]


@pytest.mark.releases
@both_scopes
def test_each_object_stands_with_its_state_and_horizons_own_page_of_it(aim, member, administrator, panel_scope):
    made = make_all(aim)
    client = administrator if panel_scope.all_projects else member
    base = f'/{panel_scope.dashboard}'
    pages = {
        kind: opened(client, kind, made[kind], panel_scope) for kind in (L2_POLICIES, L3_POLICIES, GROUPS, TARGETS)
    }

    assert {kind: lines(page) for kind, page in pages.items()} == {
        L2_POLICIES: ['No error: Network the networks'],
        L3_POLICIES: ['No error: Router the routers', 'No error: Address Scope the address_scopes'],
        GROUPS: ['No error: Subnet the subnets'],
        TARGETS: ['No error: Port the ports'],
    }
    assert {kind: links(page) for kind, page in pages.items()} == {
        L2_POLICIES: [f'{base}/networks/{made["networks"]}/detail'],
        L3_POLICIES: [f'{base}/routers/{made["routers"]}/'],
        GROUPS: [f'{base}/networks/subnets/{made["subnets"]}/detail'],
        TARGETS: [f'{base}/networks/ports/{made["ports"]}/detail'],
    }


def test_what_is_not_well_says_so_in_words(aim, member):
    made = make_all(aim)
    aim.neutron.set(made['networks'], sync='error')
    aim.neutron.set(made['ports'], status='DOWN')

    assert lines(opened(member, L2_POLICIES, made[L2_POLICIES])) == [
        'Error: Network the networks Neutron reports an error of this object.'
    ]
    page = opened(member, TARGETS, made[TARGETS])
    assert 'That is normal for the port of a machine that is stopped' in lines(page)[0]
    assert page.query_one(SECTION).attrs['data-gbp-below'] == 'down'


def test_the_sentence_of_what_is_well_is_no_proof(aim, member):
    made = make_all(aim)
    document = opened(member, L3_POLICIES, made[L3_POLICIES])

    assert said(document) == ['Neutron reports no error of its router and address scope.']
    assert 'Not that it works.' in document.query_one(f'{SECTION} details').text()


def test_where_gbp_names_nothing_that_is_said(aim, member):
    document = opened(member, L2_POLICIES, aim.make(L2_POLICIES, 'front'))

    assert (lines(document), said(document)) == (
        [],
        [NO_STATE],
    )


def test_what_is_hidden_from_the_user_is_not_there(aim, member):
    router = aim.neutron.make('routers', 'theirs', project='other', sync='error')
    policy = aim.make(L3_POLICIES, 'core', project='other', shared=True, routers=[router])
    document = opened(member, L3_POLICIES, policy)

    assert (lines(document), said(document)) == (
        [],
        [NO_STATE],
    )
    assert 'theirs' not in document.text()


def test_whose_an_object_of_another_project_is(aim, member):
    net = aim.neutron.make('networks', 'theirs', project='other', shared=True)
    document = opened(member, L2_POLICIES, aim.make(L2_POLICIES, 'front', network_id=net))

    assert lines(document) == ['No error: Network theirs of the project other']


def test_what_could_not_be_read_is_said_in_one_place(aim, member):
    made = make_all(aim)
    aim.fail('networks', 500)
    document = opened(member, L2_POLICIES, made[L2_POLICIES])

    assert markup.texts(document, '.gbp-status-unread strong') == ['Networks could not be read.']
    assert (lines(document), said(document)) == ([], ['See above for what could not be read.'])


def test_the_page_retries_what_is_still_being_read(aim, member, monkeypatch):
    made = make_all(aim)
    opened(member, L2_POLICIES, made[L2_POLICIES])
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.3)
    aim.hold('networks')
    page = ask(member, L2_POLICIES, made[L2_POLICIES])
    address = scope.PROJECT.url('detail', L2_POLICIES, made[L2_POLICIES])
    fragment = member.get(address, headers=FRAGMENT)

    assert 'are still being read' in said(markup.page(page))[0]
    assert (page.status_code, fragment.status_code, int(fragment.headers['Retry-After']) > 0) == (200, 202, True)

    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
    aim.release()
    whole = member.get(address, headers=FRAGMENT)
    assert lines(markup.fragment(whole.content.decode())) == ['No error: Network the networks']


@pytest.mark.parametrize('collection', ['policy_rules', 'policy_classifiers', 'servicechain_instances'])
def test_what_has_no_part_in_neutron_has_no_section(aim, member, collection):
    assert not opened(member, collection, aim.make(collection, 'one')).query(SECTION)


@override_settings(GBP_STATUS_UI={'neutron_states': False})
def test_the_setting_takes_the_section_away(aim, member):
    made = make_all(aim)
    aim.requests.clear()

    assert not opened(member, L2_POLICIES, made[L2_POLICIES]).query(SECTION)
    assert 'networks' not in {one.collection for one in aim.requests}


def test_a_page_reads_the_kinds_that_the_resource_has_alone(aim, member):
    made = make_all(aim)
    aim.change(made[GROUPS], l2_policy_id=made[L2_POLICIES])
    aim.requests.clear()
    opened(member, GROUPS, made[GROUPS])

    assert [one.collection for one in aim.requests if one.collection in neutron.BY_COLLECTION] == ['subnets']


@pytest.mark.releases
@pytest.mark.parametrize('panels', [(), ('networks',)], ids=['no panels', 'another page'])
def test_without_horizons_page_there_is_no_link(aim, member, monkeypatch, panels):
    made = make_all(aim)
    project = horizon.get_dashboard('project')
    real = project.get_panel

    def get_panel(name):
        if name in ('networks', 'routers') and name not in panels:
            raise horizon.base.NotRegistered
        return real(name)

    def reverse(*_args, **_options):
        raise NoReverseMatch

    monkeypatch.setattr(project, 'get_panel', get_panel)
    monkeypatch.setattr(beneath, 'reverse', reverse)
    document = opened(member, L2_POLICIES, made[L2_POLICIES])

    assert (links(document), lines(document)) == ([], ['No error: Network the networks'])


@pytest.mark.releases
def test_without_the_right_to_horizons_page_there_is_no_link(aim, member, monkeypatch):
    made = make_all(aim)
    panel = horizon.get_dashboard('project').get_panel('networks')
    monkeypatch.setattr(panel, 'can_access', lambda _context: False)

    assert links(opened(member, L2_POLICIES, made[L2_POLICIES])) == []


@pytest.mark.releases
def test_the_names_in_the_fabric_stand_with_what_has_them(aim, member):
    net = aim.neutron.make('networks', 'l2p_front', names={'BridgeDomain': 'uni/tn-a/BD-b', 'VRF': 'uni/tn-a/ctx-c'})
    document = opened(member, L2_POLICIES, aim.make(L2_POLICIES, 'front', network_id=net))
    epg = {neutron.DISTINGUISHED_NAMES: {'EndpointGroup': 'uni/tn-a/ap-b/epg-c'}}
    group = opened(member, GROUPS, aim.make(GROUPS, 'web', **epg))

    assert lines(document) == ['No error: Network l2p_front BridgeDomain uni/tn-a/BD-b VRF uni/tn-a/ctx-c']
    assert markup.texts(group, '[data-gbp-status-key="in-fabric"] .gbp-status-name') == [
        'EndpointGroup uni/tn-a/ap-b/epg-c'
    ]
    assert neutron.DISTINGUISHED_NAMES not in attributes(group)


@pytest.mark.slow
@pytest.mark.parametrize('name', hostile.NAMES)
def test_hostile_names_stay_text(aim, member, name):
    net = aim.neutron.make('networks', name, sync='error', names={name: [name, {name: name}]})
    document = opened(member, L2_POLICIES, aim.make(L2_POLICIES, 'front', network_id=net))

    hostile.require_none(document)


def test_a_group_whose_status_is_that_of_its_chain_says_so(aim, member):
    group = aim.make(GROUPS, 'web', status='BUILD', details='node deployment in progress')

    assert 'GBP has copied this status from a service chain' in opened(member, GROUPS, group).text()


@pytest.mark.parametrize('with_l2_policy', [True, False])
@both_scopes
def test_an_automatic_group_is_called_by_its_l2_policy(aim, administrator, panel_scope, with_l2_policy):
    id_ = 'auto' + 'a1' * 16
    l2_policy = aim.make(L2_POLICIES, 'front & back', project='admin') if with_l2_policy else 'not-to-be-seen'
    aim.make(GROUPS, 'ptg-for-l2p-1', project='admin', id_=id_, is_auto_ptg=True, l2_policy_id=l2_policy)
    document = opened(administrator, GROUPS, id_, panel_scope)
    title = 'Automatic group of front & back (ptg-for-l2p-1)' if with_l2_policy else 'Group ptg-for-l2p-1'

    assert markup.texts(document, 'title') == [f'{title} - OpenStack Dashboard']
    assert markup.texts(document, 'h1') == [title]
    assert title in markup.texts(document, '.breadcrumb li, .page-breadcrumb li')


@pytest.mark.parametrize('value', [False, None])
def test_other_groups_keep_their_name(aim, member, value):
    document = opened(member, GROUPS, aim.make(GROUPS, 'web', is_auto_ptg=value))

    assert markup.texts(document, 'h1') == ['Group web']
