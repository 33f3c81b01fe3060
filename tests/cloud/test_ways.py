# SPDX-License-Identifier: Apache-2.0
"""The fifteen small clouds on the real GBP: what the product says of each, and what the raw answers of the API come to.

Those of Cisco's AIM driver are built on the backend that reports what that driver does, the others on GBP's own.
"""

import pytest

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways import reachability
from gbp_status_ui.health.ways import words
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import asking
from tests import markup
from tests.cloud.real_clouds import RealClouds
from tests.cloud.world import World
from tests.unit.health.ways import fifteen
from tests.unit.health.ways import truth

GROUPS = 'policy_target_groups'
PARTIES = (GROUPS, 'external_policies')
#: Two L3 policies in one address scope: GBP's table holds it unique, and Neutron tries for two minutes to save it.
IN_ONE_SCOPE = ('9-scope', '9-scope-reference')
#: A group has a proxy group where the extension is that has it.
ON_FABRIC_ALONE = ('14-proxy',)
#: What the page of a party says of ends that are not the user's to see: {(case, party): texts}.
HIDDEN = {
    ('15', 'B'): ['1 more that you may not see.'],
    ('15-hidden', 'A'): ['Cannot be said: whom it talks to through a rule set that you may not see.'],
    ('15-hidden', 'B'): ['Cannot be said: whom it talks to through a rule set that you may not see.'],
}
#: What the page says where Neutron has been read, too.
READ_BENEATH = ('as far as GBP and Neutron report:', 'as far as GBP reports:')


@pytest.fixture
def fabric(apic_neutron):
    """A GBP whose backend finds its words as Cisco's AIM driver does."""
    world = World(apic_neutron, None, apic_neutron.url, rest={})
    world.report_beneath({})
    yield world
    world.close()


@pytest.fixture
def second(cloud, gbp):
    """GBP 18, which has no service chains. The cloud has one file of statuses, which ``gbp`` puts in order again."""
    world = World(cloud, 'RegionTwo')
    yield world
    world.close()


@pytest.fixture
def on_fabric(log_in, apic_neutron):
    """A member for whom the catalogue names that GBP."""
    client = log_in('demo')
    session = client.session
    for service in session['token'].serviceCatalog:
        for endpoint in service['endpoints'] if service['type'] == 'network' else ():
            endpoint['url'] = apic_neutron.url
    session.save()
    return client


def built(world, cases):
    """Build clouds; return [(case, {(collection, id in the case): real id})]."""
    real = RealClouds(world)
    made = [(case, real.build(case.cloud)) for case in cases]
    real.report()
    return made


def key(ids, end):
    return next((collection, ids[collection, end]) for collection in PARTIES if (collection, end) in ids)


def found_by(client, ids, ends):
    """Return ({(consumer, rule set, provider): verdict}, sentence there, sentence back) as the product has them."""
    read = loading.between(asking.gbp_of(client), *(key(ids, end) for end in ends))
    one, other = (read.known.get(*key(ids, end)) for end in ends)
    assert (read.is_pending, read.failures) == (False, {})
    ways = all_ways.between(read.known, one, other)
    found = {(way.consumer.id, way.rule_set and way.rule_set.id, way.provider.id): way.verdict.value for way in ways}
    return found, *(words.between(reachability.towards(read.known, *pair)) for pair in ((one, other), (other, one)))


def right_for(case, ids):
    real = {id_: found for (_collection, id_), found in ids.items()}
    verdicts = {tuple(id_ and real[id_] for id_ in way): verdict for way, verdict in case.verdicts.items()}
    return verdicts, case.there, case.back


def on_the_page(client, ids, ends):
    """Return the sentences there and back of the page of two groups."""
    named = {name: '/'.join(key(ids, end)) for name, end in zip(('from', 'to'), ends)}
    response = client.get(scope.PROJECT.url('pair_fragment'), named)
    document = markup.fragment(response.json()['fragments']['ways'])
    return [text.rstrip('.') for text in markup.texts(document, '[data-gbp-answer] bdi')]


def on_its_page(client, ids, end):
    """Return (verdicts on the ways of a party's page, texts of those that nobody may see)."""
    collection, id_ = key(ids, end)
    response = client.get(scope.PROJECT.url('fragments', collection, id_), {'kind': 'ways'})
    document = markup.fragment(response.json()['fragments']['ways'])
    hidden = markup.texts(document, '[data-gbp-way=""]')
    return sorted(
        way.attrs['data-gbp-way-state'] for way in document.query('[data-gbp-way]:not([data-gbp-way=""])')
    ), hidden


def walked(world, is_aim, has_chains=True):
    """Return {(consumer, rule set or None, provider): verdict} of a walk over the raw answers of the API."""
    kinds = [kind.collection for kind in registry.KINDS if has_chains or kind.extension != 'servicechain']
    rows = {kind.collection: {} for kind in registry.KINDS} | {kind: world.truth(kind, 'demo') for kind in kinds}
    found = truth.verdicts(rows, is_aim, has_chains).items()
    seen = rows['policy_rule_sets']
    return {
        (consumer, name if name in seen else None, provider): verdict for (consumer, name, provider), verdict in found
    }


def require_the_right_answers(world, client, cases, is_aim, has_chains=True):
    """Hold the product to the right answers, and to the walk over all that the API says of the parties."""
    made = built(world, cases)
    right = {case.name: right_for(case, ids) for case, ids in made}
    raw = walked(world, is_aim, has_chains)

    assert {case.name: found_by(client, ids, case.ends) for case, ids in made} == right
    for case, ids in made:
        require_agreement(client, case, ids, raw, *right[case.name])


def require_agreement(client, case, ids, raw, verdicts, there, back):
    """The walk comes to the right verdicts, the page of both has the right sentences, and each its own ways."""
    ends = {end: key(ids, end)[1] for end in case.ends}

    assert {way: verdict for way, verdict in raw.items() if {way[0], way[2]} == set(ends.values())} == verdicts
    assert [text.replace(*READ_BENEATH) for text in on_the_page(client, ids, case.ends)] == [there, back]
    for end, id_ in ends.items():
        # Who else has a rule set that cannot be seen, only that other one's page says.
        of_party = sorted(verdict for way, verdict in raw.items() if id_ in (way[0], way[2]) and way[1])
        assert on_its_page(client, ids, end) == (of_party, HIDDEN.get((case.name, end), []))


def with_backend(is_aim, *refused):
    found = [case for case in fifteen.CASES if case.cloud.is_aim == is_aim or (is_aim and case.name in ON_FABRIC_ALONE)]
    return [case for case in found if case.name not in (*IN_ONE_SCOPE, *refused)]


def test_on_a_fabric_each_cloud_has_its_right_answer(fabric, on_fabric):
    require_the_right_answers(fabric, on_fabric, with_backend(is_aim=True), is_aim=True)


def test_on_other_backends_each_cloud_has_its_right_answer(gbp, member):
    require_the_right_answers(gbp, member, with_backend(False, *ON_FABRIC_ALONE), is_aim=False)


def test_without_service_chains_each_cloud_has_its_right_answer(gbp, second, in_second_region):
    cases = [case for case in with_backend(False, *ON_FABRIC_ALONE) if not case.cloud.rows['servicechain_specs']]

    require_the_right_answers(second, in_second_region, cases, is_aim=False, has_chains=False)


def test_what_the_other_clouds_want_the_api_refuses(gbp, second):
    stranger = gbp.make('policy_rule_sets', 'S9', 'other')
    foreign = gbp.refusal(GROUPS, 'demo', consumed_policy_rule_sets={stranger: ''})
    proxy = gbp.refusal(GROUPS, 'demo', proxied_group_id=stranger)
    redirect = second.refusal('policy_actions', 'demo', action_type='redirect', action_value=stranger)

    assert foreign == f'Policy Rule Set {stranger} could not be found'
    assert proxy == "Unrecognized attribute(s) 'proxied_group_id'"
    assert redirect == 'Deployment not configured properly. See logs for details.'
