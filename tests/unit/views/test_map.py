# SPDX-License-Identifier: Apache-2.0
"""The overview's map: a tree of links with the states of all groups in words, which stays small and costs no call."""

import json

import pytest
import requests

from gbp_status_ui import conf
from gbp_status_ui.caching import deadline
from gbp_status_ui.health import map as maps
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model import statuses
from gbp_status_ui.views.map import MAX_JOINING_SETS

from tests import hostile
from tests import markup
from tests.unit.health.test_problems_beneath import front
from tests.unit.health.test_problems_beneath import SHORT_WAIT_SECONDS
from tests.unit.viewing import calls

GROUPS, EXTERNAL, L2, L3 = 'policy_target_groups', 'external_policies', 'l2_policies', 'l3_policies'
ITEM, CELL = '[role="treeitem"]', '[data-gbp-status-cell]'


def page(client, panel_scope=scope.PROJECT, **parameters):
    return markup.page(client.get(panel_scope.url('index'), {'view': 'map', **parameters}))


def answered(client, panel_scope=scope.PROJECT, **parameters):
    response = client.get(panel_scope.url('lines'), {'kind': 'map', 'view': 'map', **parameters})
    assert response.status_code == 200
    return response


def fragment(client, panel_scope=scope.PROJECT, **parameters):
    return markup.fragment(answered(client, panel_scope, **parameters).json()['fragments']['map'])


@pytest.fixture
def shop(gbp):
    """Groups front and db in one L2 policy, joined by rule set web."""
    web = gbp.make('policy_rule_sets', 'web')
    top = gbp.make(L3, 'core')
    net = gbp.make(L2, 'net', l3_policy_id=top)
    ids = {'web': web, 'core': top, 'net': net}
    ids['front'] = gbp.make(GROUPS, 'front', l2_policy_id=net, consumed_policy_rule_sets=[web])
    ids['db'] = gbp.make(GROUPS, 'db', status='ERROR', l2_policy_id=net, provided_policy_rule_sets=[web])
    return ids


def frame(gbp, name, boxes=1, groups=1, **attributes):
    """Make an L3 policy with L2 policies, and groups in each; return its id."""
    top = gbp.make(L3, name, **attributes)
    for box in range(boxes):
        net = gbp.make(L2, f'{name}-{box}', l3_policy_id=top)
        for number in range(groups):
            gbp.make(GROUPS, f'{name}-{box}-{number}', l2_policy_id=net)
    return top


def labels(document, selector=CELL):
    return [cell.attrs['aria-label'] for cell in document.query(selector)]


def titles(document):
    return markup.texts(document, '.gbp-status-place-title')


def test_the_map_stands_in_place_of_the_list_of_problems(member, shop):
    document = page(member)
    names = [one.attrs['data-gbp-status-fragment'] for one in document.query('[data-gbp-status-fragment]')]

    assert names[:2] == ['summary', 'map']
    assert 'problems' not in names
    assert set(names[2:]) == set(registry.BY_COLLECTION)


def test_what_the_page_asks_for_has_the_map_in_its_address(member, shop):
    (place,) = page(member).query('[data-gbp-status-fragments-url]')

    assert 'view=map' in place.attrs['data-gbp-status-fragments-url']


def test_the_list_leads_to_the_map_and_back(member, shop):
    listed = markup.page(member.get(scope.PROJECT.url('index')))
    (to_map,) = [one.attrs['href'] for one in listed.query('.gbp-status-menu a') if markup.words(one) == 'Map']
    shown = markup.page(member.get(scope.PROJECT.url('index') + to_map))
    (back,) = [one.attrs['href'] for one in shown.query('.gbp-status-menu a') if markup.words(one) == 'Problems']

    assert shown.query('[role="tree"]')
    assert [markup.words(one) for one in shown.query('.gbp-status-menu [aria-current]')] == ['Map']
    assert markup.page(member.get(scope.PROJECT.url('index') + back)).query('.gbp-status-problem')


def test_a_cell_says_its_state_and_its_ways_and_leads_to_its_group(member, shop):
    document = fragment(member)

    assert labels(document) == ['db, Error, 1 way', 'front, Active, 1 way']
    assert [cell.attrs['href'] for cell in document.query(CELL)] == [
        scope.PROJECT.url('detail', GROUPS, shop['db']),
        scope.PROJECT.url('detail', GROUPS, shop['front']),
    ]


def test_a_state_has_an_icon_of_its_own_besides_its_colour(gbp, member, shop):
    broken, well = fragment(member).query(CELL)

    assert 'gbp-status-tone-danger' in broken.attrs['class'].split()
    assert f'fa-{statuses.ERROR.icon}' in broken.query_one('.fa').attrs['class'].split()
    assert f'fa-{statuses.ACTIVE.icon}' in well.query_one('.fa').attrs['class'].split()


def test_frames_and_boxes_say_what_they_are_and_count_their_groups(member, shop):
    assert titles(fragment(member)) == [
        'core L3 Policy, Active; 1 L2 Policy: 1 Active; 2 Groups: 1 Error, 1 Active',
        'net L2 Policy, Active; 2 Groups: 1 Error, 1 Active',
    ]


def test_each_item_with_something_in_it_owns_a_group_of_items(member, shop):
    document = fragment(member)
    owned = [one.attrs['aria-owns'] for one in document.query(f'{ITEM}[aria-expanded="true"]')]

    assert len(owned) == 2
    assert {one.attrs['id'] for one in document.query('[role="group"]')} == set(owned)


def test_cells_name_the_rule_sets_that_join_them_by_number(member, shop):
    document = fragment(member)
    (tree,) = document.query('[role="tree"]')
    assert not document.query('[data-gbp-status-failed]')
    broken, well = document.query(CELL)

    assert json.loads(tree.attrs['data-gbp-status-rule-sets']) == ['web']
    assert broken.attrs['data-gbp-status-provided'] == well.attrs['data-gbp-status-consumed'] == '0'
    assert 'data-gbp-status-consumed' not in broken.attrs


def test_a_rule_set_that_is_not_listed_has_no_name(gbp, member, shop):
    for name in ('front', 'db'):
        gbp.change(shop[name], provided_policy_rule_sets=['hidden'], consumed_policy_rule_sets=['hidden'])
    (tree,) = fragment(member).query('[role="tree"]')

    assert json.loads(tree.attrs['data-gbp-status-rule-sets']) == ['']


def test_a_group_without_a_way_says_that_no_rule_set_joins_it(gbp, member):
    frame(gbp, 'core')

    assert labels(fragment(member)) == ['core-0-0, Active, no rule set joins it with another one here']


def test_groups_without_a_way_are_listed_by_name(gbp, member, shop, monkeypatch):
    monkeypatch.setattr('gbp_status_ui.views.map.MAX_ALONE_GROUPS', 2)
    frame(gbp, 'core', groups=3)
    document = fragment(member)

    assert markup.texts(document, '#gbp-status-alone summary') == [
        '3 groups that no rule set joins with another one here'
    ]
    assert markup.texts(document, '#gbp-status-alone li') == ['core-0-0', 'core-0-1', 'and 1 more']
    links = document.query('#gbp-status-alone a')
    assert {one.attrs['href'] for one in links} <= {one.attrs['href'] for one in document.query(CELL)}


@pytest.mark.parametrize('fault', [403, 500], ids=str)
def test_that_no_rule_set_joins_a_group_is_not_said_where_the_others_could_not_be_read(gbp, member, fault):
    frame(gbp, 'core')
    gbp.fail(EXTERNAL, fault)

    document = fragment(member)

    assert labels(document) == ['core-0-0, Active']
    assert not document.query('#gbp-status-alone')


def test_of_one_project_ways_may_lead_to_others(gbp, administrator):
    frame(gbp, 'core')
    web = gbp.make('policy_rule_sets', 'web', shared=True)
    for name, role in (('db', 'provided'), ('front', 'consumed')):
        gbp.make(GROUPS, name, **{f'{role}_policy_rule_sets': [web]})

    assert [label.rpartition(', ')[2] for label in labels(fragment(administrator, scope.ADMIN, project='demo'))] == [
        'Active',
        'at least 1 way',
        'at least 1 way',
    ]


def test_of_an_automatic_group_without_a_way_nothing_is_said_of_ways(gbp, member):
    top = frame(gbp, 'core', groups=0)
    net = gbp.make(L2, 'net', l3_policy_id=top)
    gbp.make(GROUPS, 'auto-ptg', l2_policy_id=net, is_auto_ptg=True)
    document = fragment(member)

    assert labels(document) == ['Automatic group of net, Active']
    assert not document.query('[data-gbp-status-ways]')
    assert not document.query('#gbp-status-alone')
    assert not fragment(member, auto='hide').query(CELL)


def test_external_groups_have_a_frame_of_their_own_at_the_end(gbp, member, shop):
    gbp.make(EXTERNAL, 'internet', consumed_policy_rule_sets=[shop['web']])
    document = fragment(member)

    assert titles(document)[-1] == '1 External Group 1 Active'
    assert labels(document, f'.gbp-status-outside {CELL}') == ['internet, Active, 1 way']
    assert labels(document)[0] == 'db, Error, 2 ways'


def test_the_frame_with_something_broken_comes_first(gbp, member):
    for name in ('a', 'b', 'c'):
        frame(gbp, name)
    gbp.make(L2, 'broken', status='ERROR', l3_policy_id=frame(gbp, 'd'))

    assert [title.split()[0] for title in markup.texts(fragment(member), '.gbp-status-frame > a')] == [
        'd',
        'a',
        'b',
        'c',
    ]


def test_what_is_beneath_is_said_in_words(aim, member):
    group = front(aim)
    document = fragment(member)

    assert any('network in error' in title for title in titles(document))
    assert group


def test_policies_of_other_projects_say_whose_they_are(gbp, member):
    frame(gbp, 'core', boxes=0, project='other', shared=True)

    assert titles(fragment(member))[0] == 'core L3 Policy, Active, of another project; 0 Groups'


def test_what_lies_in_a_policy_of_its_own_project_does_not_repeat_it(gbp, administrator):
    frame(gbp, 'core', project='other')
    net = gbp.make(L2, 'net', l3_policy_id=gbp.make(L3, 'top', project='demo'), project='demo')
    gbp.make(GROUPS, 'front', l2_policy_id=net, project='demo')
    document = fragment(administrator, scope.ADMIN)

    assert [title for title in titles(document) if 'of the project' in title] == [
        'core L3 Policy, Active, of the project Bakery; 1 L2 Policy: 1 Active; 1 Group: 1 Active',
        'core-0 L2 Policy, Active, of the project Demo shop; 1 Group: 1 Active',
        'top L3 Policy, Active, of the project Demo shop; 1 L2 Policy: 1 Active; 1 Group: 1 Active',
    ]
    assert labels(document)[-1] == 'front, Active, no rule set joins it with another one here'


def test_an_administrator_sees_the_beginning_of_the_id_of_a_project_without_a_name(gbp, administrator):
    frame(gbp, 'core', boxes=0, project='0123456789abcdef' * 2)

    assert 'of the project 01234567…' in titles(fragment(administrator, scope.ADMIN))[0]


def test_an_administrator_sees_the_projects_of_all(gbp, administrator):
    frame(gbp, 'core', project='other')
    document = fragment(administrator, scope.ADMIN)

    assert 'of the project Bakery' in titles(document)[0]
    assert document.query_one(CELL).attrs['href'].startswith('/admin/')


def test_groups_whose_policies_are_not_listed_are_there(gbp, member):
    gbp.make(GROUPS, 'x', l2_policy_id='0123456789abcdef')
    document = fragment(member)

    assert titles(document) == [
        'Not known L3 Policy; 1 Group: 1 Active',
        '01234567, not listed L2 Policy; 1 Group: 1 Active',
    ]
    assert labels(document) == ['x, Active, no rule set joins it with another one here']


@pytest.mark.parametrize('fault', [403, 500, requests.ConnectionError('refused')], ids=str)
@pytest.mark.parametrize('kind', [L3, L2])
def test_where_policies_cannot_be_read_their_groups_stand_there_all_the_same(gbp, member, shop, kind, fault):
    gbp.fail(kind, fault)
    document = fragment(member)

    assert labels(document) == ['db, Error, 1 way', 'front, Active, 1 way']
    assert f'data-gbp-status-unread="{kind}"' in answered(member).content.decode().replace('\\', '')


@pytest.mark.parametrize(('fault', 'said'), [(403, ''), (500, 'incomplete')])
def test_where_groups_cannot_be_read_nothing_is_counted_as_all(gbp, member, shop, fault, said):
    gbp.fail(GROUPS, fault)
    document = fragment(member)

    assert titles(document)[0] == 'core L3 Policy, Active; 1 L2 Policy: 1 Active; at least 0 Groups'
    assert document.query_one('[data-gbp-status-failed]').attrs['data-gbp-status-failed'] == said
    assert not document.query(CELL)


def test_where_external_groups_cannot_be_read_there_may_be_more_ways(gbp, member, shop):
    gbp.fail(EXTERNAL, 500)

    assert labels(fragment(member)) == ['db, Error, at least 1 way', 'front, Active, at least 1 way']


def test_where_nothing_can_be_read_the_fragment_has_failed(gbp, member, shop):
    for kind in maps.KINDS:
        gbp.fail(kind.collection, 500)

    assert fragment(member).query('[data-gbp-status-failed="whole"]')


def test_an_empty_scope_says_that_there_are_none(gbp, member):
    document = fragment(member)

    assert 'There are none.' in markup.words(document.query_one('p.gbp-status-quiet'))
    assert not document.query('[role="tree"]')


def test_search_and_filter_narrow_the_map(gbp, member, shop):
    frame(gbp, 'other')

    assert [label.split(',')[0] for label in labels(fragment(member, q='front'))] == ['front']
    assert [label.split(',')[0] for label in labels(fragment(member, status='error'))] == ['db']
    assert len(fragment(member, status='error').query('.gbp-status-frame')) == 1
    assert 'Nothing matches' in markup.words(fragment(member, q='nobody').query_one('.gbp-status-unmatched'))


@pytest.mark.slow
def test_a_chip_leads_to_as_many_cells_as_it_says(gbp, member, shop):
    for chip in fragment(member).query('a.gbp-status-chip:not(.active)'):
        number = int(chip.query_one('.gbp-status-chip-count').text())
        address = chip.attrs['href']

        assert 'view=map' in address
        assert len(markup.page(member.get(scope.PROJECT.url('index') + address)).query(CELL)) == number


@pytest.mark.slow
def test_a_folded_frame_counts_its_groups_and_opens_alone(gbp, member):
    top = frame(gbp, 'b', groups=900)
    frame(gbp, 'a', groups=901)
    document = fragment(member)
    (folded,) = document.query('.gbp-status-folded > a')

    assert markup.words(folded) == 'b L3 Policy, Active; 1 L2 Policy: 1 Active; 900 Groups: 900 Active'
    assert document.query('.gbp-status-folded .gbp-status-bar')
    shown = markup.page(member.get(scope.PROJECT.url('index') + folded.attrs['href']))
    assert len(shown.query(CELL)) == 900
    assert f'frame={top}' in folded.attrs['href']
    (back,) = [one.attrs['href'] for one in shown.query('.gbp-status-map p > a') if 'all L3' in markup.words(one)]
    assert len(markup.page(member.get(scope.PROJECT.url('index') + back)).query('.gbp-status-frame')) == 2


@pytest.mark.slow
def test_what_has_no_cell_is_counted_and_listed_where_a_link_leads(gbp, member):
    frame(gbp, 'a', groups=3000)
    document = fragment(member)
    (more,) = document.query('.gbp-status-more')
    number = 3000 - len(document.query(CELL))

    assert markup.words(more) == f'and {number} Groups more: {number} Active'
    assert more.attrs['href'] == document.query('.gbp-status-box > a')[0].attrs['href']


def test_what_has_no_frame_is_counted_and_listed_where_a_link_leads(gbp, member):
    for number in range(maps.MAX_FRAMES + 2):
        frame(gbp, f'a{number}')
    document = fragment(member)
    (more,) = document.query('.gbp-status-more')

    assert len(document.query('.gbp-status-frame')) == maps.MAX_FRAMES
    assert markup.words(more) == 'and 2 L3 Policies more, with 2 Groups: 2 Active'
    listed = markup.page(member.get(scope.PROJECT.url('index') + more.attrs['href'] + '&size=200'))
    assert len(markup.statuses(listed)) == maps.MAX_FRAMES + 2


def test_the_only_frame_without_a_place_is_one(gbp, member):
    for number in range(maps.MAX_FRAMES + 1):
        frame(gbp, f'a{number}')
    (more,) = fragment(member).query('.gbp-status-more')

    assert markup.words(more) == 'and 1 L3 Policy more, with 1 Group: 1 Active'


def test_small_cells_have_no_text_but_all_their_words(gbp, member):
    frame(gbp, 'a', groups=maps.MAX_NAMED_CELLS + 1)
    document = fragment(member)

    assert document.query('.gbp-status-map-small')
    assert set(markup.texts(document, CELL)) == {''}
    assert all({'fa', f'fa-{statuses.ACTIVE.icon}'} < set(cell.attrs['class'].split()) for cell in document.query(CELL))
    assert 'a-0-0, Active, no rule set joins it with another one here' in labels(document)


@pytest.mark.slow
@pytest.mark.parametrize(
    'shape', [(1, 2, 10), (10, 10, 10), (10, 10, 100), (1, 1, 3000), (300, 1, 10), (1, 300, 10)], ids=str
)
def test_the_page_of_20_to_10000_groups_has_fewer_than_3000_nodes(gbp, member, shape):
    frames, boxes, groups = shape
    for number in range(frames):
        frame(gbp, f'f{number}', boxes, groups)
    for number in range(200):
        gbp.make(EXTERNAL, f'x{number}')
    document = page(member)
    content = document.query_one('.gbp-status')

    assert 300 < nodes(content) < 3000


def nodes(element):
    """How many elements and texts there are, blank ones left out."""
    return len(element.query('*')) + sum(bool(text.strip()) for text in element.text().split('\n'))


def followed(document):
    """{name: (kind, id, state, the word of it)} of what is polled."""
    return {
        one.attrs['data-gbp-status-name']: tuple(
            one.attrs[f'data-gbp-status{fragment}'] for fragment in ('-kind', '-id', '', '-followed')
        )
        for one in document.query('[data-gbp-status-followed][data-gbp-status-transient]')
    }


@pytest.mark.releases
def test_what_is_being_built_is_polled_and_nothing_else(gbp, member, shop):
    for name in ('core', 'net', 'front'):
        gbp.set(shop[name], 'BUILD')

    assert followed(fragment(member)) == {
        'core': (L3, shop['core'], 'BUILD', 'Building'),
        'net': (L2, shop['net'], 'BUILD', 'Building'),
        'front': (GROUPS, shop['front'], 'BUILD', 'Building'),
    }


def test_one_request_polls_all_that_is_polled(gbp, member):
    top = frame(gbp, 'core', groups=0)
    net = gbp.make(L2, 'net', l3_policy_id=top)
    for number in range(conf.MAX_POLL_IDS + 1):
        gbp.make(GROUPS, f'g{number}', l2_policy_id=net, status='BUILD')

    assert len(followed(fragment(member))) == conf.MAX_POLL_IDS


def test_what_is_being_built_and_in_error_beneath_says_both(aim, member):
    front(aim, status='BUILD')
    (box,) = fragment(member).query('[data-gbp-status-followed]')

    assert box.attrs['data-gbp-below'] == 'error'
    assert markup.words(box).startswith('front L2 Policy, Building, network in error;')


def urgent(document):
    """What the title of the window counts: {how far a number can be believed: the numbers}."""
    (sentence,) = document.query('.gbp-status-summary[data-gbp-status-urgent]')
    return sentence.attrs['data-gbp-status-urgent'], int(sentence.attrs['data-gbp-status-number'])


def test_the_title_counts_what_the_list_counts(gbp, member, shop):
    gbp.make('policy_rules', 'rule', status='ERROR')
    gbp.set(shop['net'], 'BUILD')
    listed = markup.page(member.get(scope.PROJECT.url('index')))
    chips = [int(chip.query_one('.gbp-status-chip-count').text()) for chip in listed.query('[data-gbp-status-urgent]')]

    assert urgent(page(member)) == ('EXACT', sum(chips)) == ('EXACT', 3)
    assert not page(member).query('.gbp-status-chip[data-gbp-status-urgent]')


def test_the_title_counts_at_least_so_many_where_a_kind_cannot_be_read(gbp, member, shop):
    gbp.fail('policy_rules', 500)

    assert urgent(page(member))[0] == 'AT_LEAST'


def test_chips_follow_changes_of_groups_alone(member, shop):
    numbers = fragment(member).query('.gbp-status-chip-count')

    assert {one.attrs['data-gbp-status-count-kind'] for one in numbers} == {f'{GROUPS} {EXTERNAL}'}


@pytest.mark.slow
def test_of_thousands_of_rule_sets_a_cell_names_few_and_counts_all(gbp, member, shop):
    sets = [gbp.make('policy_rule_sets', f's{number}') for number in range(MAX_JOINING_SETS + 3)]
    gbp.change(shop['front'], consumed_policy_rule_sets=sets)
    gbp.change(shop['db'], provided_policy_rule_sets=sets)
    cell = fragment(member).query(CELL)[0]

    assert len(cell.attrs['data-gbp-status-provided'].split()) == MAX_JOINING_SETS
    assert cell.attrs['data-gbp-status-ways'] == str(MAX_JOINING_SETS + 3)


def test_the_map_costs_no_call_more_than_the_list(member, colleague, shop):
    listed = calls(member.get(scope.PROJECT.url('lines'), {'kind': 'problems'}))

    assert calls(answered(colleague)) <= listed


@pytest.mark.releases
@pytest.mark.parametrize('text', hostile.NAMES, ids=repr)
def test_names_are_texts_wherever_they_stand(gbp, member, text):
    web = gbp.make('policy_rule_sets', text)
    top = gbp.make(L3, text)
    net = gbp.make(L2, text, l3_policy_id=top)
    gbp.make(GROUPS, text, l2_policy_id=net, consumed_policy_rule_sets=[web])
    gbp.make(EXTERNAL, text, provided_policy_rule_sets=[web])
    document = fragment(member)

    assert len(document.query(CELL)) == 2
    assert not document.query('script')


def test_a_policy_whose_list_is_late_is_not_read_yet(gbp, member, shop, monkeypatch):
    gbp.hold(L3)
    with monkeypatch.context() as brief:
        brief.setattr(deadline, 'list_wait_seconds', lambda: SHORT_WAIT_SECONDS)
        early = answered(member).json()['fragments']['map']
    gbp.release()

    assert titles(markup.fragment(early))[0].startswith(f'{shop["core"][:8]}, not read yet L3 Policy; ')


def test_a_map_whose_lists_are_late_is_pending_and_comes(gbp, member, shop, monkeypatch):
    gbp.hold(GROUPS)
    with monkeypatch.context() as brief:
        brief.setattr(deadline, 'list_wait_seconds', lambda: SHORT_WAIT_SECONDS)
        early = answered(member).json()
    gbp.release()

    assert early['pending'] == ['map']
    assert 'at least 0 Groups' in titles(markup.fragment(early['fragments']['map']))[0]
    assert labels(fragment(member)) == ['db, Error, 1 way', 'front, Active, 1 way']
