# SPDX-License-Identifier: Apache-2.0
"""What GBP answers, asserted once for the real service and for its stand-in of the unit tests.

Whoever derives from :class:`Contract` gives the fixtures ``gbp`` (make, set, delete, faults), ``member`` and
``other_member`` of two projects, ``administrator``, ``without_chains`` (a member where the API lacks that extension),
and ``stranger`` (whose token is not accepted). Names are unique a test, for a real cloud keeps what was made.
"""

import uuid

import pytest

from horizon import exceptions

from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Reason

from tests import building
from tests import hostile
from tests.asking import answer

GROUPS = 'policy_target_groups'
CHAINS = 'servicechain_instances'
WITH_STATUS = ('id', 'status', 'status_details')


def path(collection, id_=''):
    return registry.BY_COLLECTION[collection].path + (f'/{id_}' if id_ else '')


def listed(client, collection, **parameters):
    """Return {id: attributes} of a list."""
    return {row['id']: row for row in answer(client, path(collection), collection, **parameters)}


def shown(client, collection, id_):
    return answer(client, path(collection, id_), member=registry.BY_COLLECTION[collection].member)


class Contract:
    @pytest.fixture
    def group(self, gbp, member):
        """A group of which GBP has stored that it is active."""
        id_ = gbp.make(GROUPS, 'web')
        listed(member, GROUPS, id=id_)
        return id_

    @pytest.fixture
    def chain(self, gbp, member):
        """A chain that nobody has shown."""
        return building.chain(gbp, member).id

    def test_a_list_of_group_policy_asks_the_driver(self, gbp, member, group):
        gbp.set(group, 'ERROR', 'leaf-203 is down')

        assert listed(member, GROUPS, id=group, fields=WITH_STATUS) == {
            group: {'id': group, 'status': 'ERROR', 'status_details': 'leaf-203 is down'}
        }

    def test_a_list_of_all_fields_asks_the_driver_too(self, gbp, member, group):
        gbp.set(group, 'BUILD')

        assert listed(member, GROUPS, id=group)[group]['status'] == 'BUILD'

    def test_a_list_of_other_fields_does_not_ask_the_driver(self, gbp, member, group):
        gbp.set(group, 'ERROR')

        assert listed(member, GROUPS, id=group, fields=('id', 'name')) == {group: {'id': group, 'name': 'web'}}
        assert listed(member, GROUPS, id=group, status='ERROR', fields='id') == {}

    def test_a_filter_by_status_compares_what_was_stored(self, gbp, member, group):
        gbp.set(group, 'ERROR')

        assert listed(member, GROUPS, id=group, status='ERROR') == {}
        assert listed(member, GROUPS, id=group, status='ACTIVE')[group]['status'] == 'ERROR'

    def test_a_show_of_group_policy_asks_the_driver(self, gbp, member, group):
        gbp.set(group, 'ERROR', 'leaf-203 is down')

        assert shown(member, GROUPS, group)['status_details'] == 'leaf-203 is down'

    def test_a_new_chain_is_listed_without_a_status(self, member, chain):
        assert listed(member, CHAINS, id=chain)[chain]['status'] is None

    def test_a_show_of_a_chain_asks_the_driver(self, gbp, member, chain):
        gbp.set(chain, 'BUILD')

        assert shown(member, CHAINS, chain)['status'] == 'BUILD'

    def test_a_list_of_chains_returns_what_the_last_show_stored(self, gbp, member, chain):
        shown(member, CHAINS, chain)
        gbp.set(chain, 'ERROR')

        assert listed(member, CHAINS, id=chain, fields=WITH_STATUS)[chain]['status'] == 'ACTIVE'

    def test_a_service_profile_is_listed_without_a_status_until_it_was_shown(self, gbp, member):
        profile = gbp.make('service_profiles', 'firewall', service_type='FIREWALL', insertion_mode='l3')

        assert listed(member, 'service_profiles', id=profile)[profile]['status'] is None
        assert shown(member, 'service_profiles', profile)['status'] == 'ACTIVE'
        assert listed(member, 'service_profiles', id=profile)[profile]['status'] == 'ACTIVE'

    def test_a_status_may_be_absent(self, gbp, member, group):
        gbp.set(group, None, None)

        assert shown(member, GROUPS, group)['status'] is None

    def test_details_come_as_the_backend_wrote_them(self, gbp, member, group):
        details = hostile.DETAILS
        gbp.set(group, 'ERROR', details)

        assert shown(member, GROUPS, group)['status_details'] == details

    def test_an_unknown_id_is_absent_from_a_list(self, member, group):
        assert list(listed(member, GROUPS, id=(group, str(uuid.uuid4())), fields=WITH_STATUS)) == [group]

    def test_a_deleted_resource_is_absent_from_a_list(self, gbp, member, group):
        gbp.delete(group)

        assert listed(member, GROUPS, id=group) == {}

    @pytest.mark.parametrize('collection', registry.BY_COLLECTION)
    def test_an_unknown_resource_is_not_found(self, member, collection):
        assert shown(member, collection, str(uuid.uuid4())).reason is Reason.GONE

    def test_an_address_holds_150_ids(self, member, group):
        ids = [group, *(str(uuid.uuid4()) for _ in range(149))]
        fields = registry.BY_COLLECTION[GROUPS].fields_with_relations

        assert list(listed(member, GROUPS, id=ids, fields=fields)) == [group]

    def test_an_address_does_not_hold_230_ids(self, member):
        ids = [str(uuid.uuid4()) for _ in range(230)]

        assert answer(member, path(GROUPS), GROUPS, id=ids).reason is Reason.ERROR

    def test_unknown_fields_are_ignored(self, member, group, chain):
        # What was asked for and is not in the answer is null in the row.
        assert listed(member, GROUPS, id=group, fields=('id', 'nonsense')) == {group: {'id': group, 'nonsense': None}}
        assert listed(member, CHAINS, id=chain, fields=('id', 'shared')) == {chain: {'id': chain, 'shared': False}}

    def test_a_member_does_not_see_what_is_another_projects(self, other_member, group, chain):
        assert listed(other_member, GROUPS, id=group) == {}
        assert shown(other_member, GROUPS, group).reason is Reason.GONE
        assert shown(other_member, CHAINS, chain).reason is Reason.GONE

    def test_a_member_sees_what_another_project_shares(self, gbp, other_member):
        common = gbp.make('policy_classifiers', 'dns', project='admin', shared=True, protocol='udp', direction='bi')

        assert listed(other_member, 'policy_classifiers', id=common)[common]['shared'] is True

    def test_an_administrator_sees_every_project(self, gbp, administrator, group):
        tills = gbp.make(GROUPS, 'tills', project='other')

        assert set(listed(administrator, GROUPS, id=(group, tills))) == {group, tills}

    def test_a_list_can_be_narrowed_to_a_project(self, gbp, administrator, group):
        tills = gbp.make(GROUPS, 'tills', project='other')
        project = shown(administrator, GROUPS, tills)['tenant_id']

        assert set(listed(administrator, GROUPS, id=(group, tills), tenant_id=project)) == {tills}

    def test_a_list_can_be_narrowed_to_what_is_shared(self, gbp, administrator):
        own = gbp.make('policy_actions', 'log', action_type='allow')
        common = gbp.make('policy_actions', 'allow', project='admin', shared=True, action_type='allow')

        assert set(listed(administrator, 'policy_actions', id=(own, common), shared=True)) == {common}

    def test_without_service_chains_their_paths_are_not_found(self, without_chains):
        aliases = {extension['alias'] for extension in answer(without_chains, '/extensions', 'extensions')}

        assert {'group-policy', 'servicechain'} & aliases == {'group-policy'}
        assert answer(without_chains, path(CHAINS), CHAINS).reason is Reason.ERROR
        # Neutron says of the path what GBP says of a resource, by another type.
        assert shown(without_chains, CHAINS, str(uuid.uuid4())).reason is Reason.ERROR

    def test_the_extensions_name_group_policy_and_service_chains(self, member):
        aliases = {extension['alias'] for extension in answer(member, '/extensions', 'extensions', fields='alias')}

        assert {'group-policy', 'servicechain'} <= aliases

    @pytest.mark.parametrize(
        ('status', 'reason'), [(403, Reason.FORBIDDEN), (500, Reason.ERROR), (503, Reason.ERROR), (404, Reason.ERROR)]
    )
    def test_a_fault_has_its_reason(self, gbp, member, status, reason):
        gbp.fail('nat_pools', status)

        assert answer(member, path('nat_pools'), 'nat_pools').reason is reason

    def test_a_token_that_is_not_accepted_ends_the_request(self, stranger):
        with pytest.raises(exceptions.NotAuthenticated):
            answer(stranger, path(GROUPS), GROUPS)
