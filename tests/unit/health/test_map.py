# SPDX-License-Identifier: Apache-2.0
"""The map of a scope: what lies in what, the broken first, and however much there is never more than fits."""

import pytest

from gbp_status_ui.health import map as maps
from gbp_status_ui.health.map import Map
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource

GROUPS, EXTERNAL, L2, L3 = 'policy_target_groups', 'external_policies', 'l2_policies', 'l3_policies'


class Cloud:
    """Rows of a scope: {collection: resources}."""

    def __init__(self):
        self.rows = {kind.collection: [] for kind in maps.KINDS}

    def add(self, collection, id_, status='ACTIVE', **attributes):
        kind = registry.BY_COLLECTION[collection]
        own = {'id': id_, 'name': id_, 'tenant_id': 'demo', 'status': status}
        self.rows[collection].append(Resource(kind, {**own, **attributes}))
        return id_

    def frame(self, id_, boxes, groups, **attributes):
        """Add an L3 policy with so many L2 policies, and so many groups in each of these."""
        self.add(L3, id_, **attributes)
        for box in range(boxes):
            self.add(L2, f'{id_}-{box}', l3_policy_id=id_)
            for group in range(groups):
                self.add(GROUPS, f'{id_}-{box}-{group}', l2_policy_id=f'{id_}-{box}')

    def map(self, **options):
        parties = options.pop('parties', [*self.rows[GROUPS], *self.rows[EXTERNAL]])
        return Map(self.rows, parties, **options)

    def broken(self, collection, id_, status='ERROR'):
        row = next(one for one in self.rows[collection] if one.id == id_)
        row.attributes['status'] = status


@pytest.fixture
def cloud():
    return Cloud()


def nesting(found):
    """{L3 policy: {L2 policy: [groups]}}."""
    return {
        frame.area.id: {box.area.id: [row.id for row in box.cells] for box in frame.inner} for frame in found.frames
    }


def counts(area):
    return {one.status.value: one.count for one in area.counts}


def test_groups_lie_in_l2_policies_and_these_in_l3_policies(cloud):
    cloud.frame('a', 2, 2)
    cloud.frame('b', 1, 1)

    assert nesting(cloud.map()) == {
        'a': {'a-0': ['a-0-0', 'a-0-1'], 'a-1': ['a-1-0', 'a-1-1']},
        'b': {'b-0': ['b-0-0']},
    }


def test_policies_without_groups_have_their_places(cloud):
    cloud.frame('a', 0, 0)
    cloud.frame('b', 1, 0)

    assert nesting(cloud.map()) == {'a': {}, 'b': {'b-0': []}}


def test_external_groups_are_beside_all_frames(cloud):
    cloud.frame('a', 1, 1)
    cloud.add(EXTERNAL, 'internet')
    found = cloud.map()

    assert [row.id for row in found.outside.cells] == ['internet']
    assert nesting(found) == {'a': {'a-0': ['a-0-0']}}


def test_without_external_groups_nothing_is_beside(cloud):
    cloud.frame('a', 1, 1)

    assert cloud.map().outside is None


@pytest.mark.parametrize(
    ('attributes', 'expected'),
    [
        ({'l2_policy_id': 'a-0'}, {'a': {'a-0': ['a-0-0', 'x']}}),
        ({'l2_policy_id': 'hidden'}, {'a': {'a-0': ['a-0-0']}, '': {'hidden': ['x']}}),
        ({'l2_policy_id': None}, {'a': {'a-0': ['a-0-0']}, '': {'': ['x']}}),
        ({'l2_policy_id': ''}, {'a': {'a-0': ['a-0-0']}, '': {'': ['x']}}),
        ({'l2_policy_id': ['a-0']}, {'a': {'a-0': ['a-0-0']}, '': {'': ['x']}}),
        ({'l2_policy_id': 7}, {'a': {'a-0': ['a-0-0']}, '': {'': ['x']}}),
        ({'l2_policy_id': '../a'}, {'a': {'a-0': ['a-0-0']}, '': {'': ['x']}}),
        ({}, {'a': {'a-0': ['a-0-0']}, '': {'': ['x']}}),
    ],
    ids=str,
)
def test_a_group_whose_l2_policy_is_not_listed_has_a_box_of_its_own(cloud, attributes, expected):
    cloud.frame('a', 1, 1)
    cloud.add(GROUPS, 'x', **attributes)

    assert nesting(cloud.map()) == expected


def test_an_l2_policy_whose_l3_policy_is_not_listed_has_a_frame_of_its_own(cloud):
    cloud.frame('a', 1, 1)
    for number in range(2):
        cloud.add(L2, f'other-{number}', l3_policy_id=f'hidden-{number}')
    found = cloud.map()

    assert nesting(found) == {'a': {'a-0': ['a-0-0']}, 'hidden-0': {'other-0': []}, 'hidden-1': {'other-1': []}}
    assert [frame.area.resource is None for frame in found.frames] == [False, True, True]


def test_groups_of_several_projects_share_the_frame_of_a_shared_policy(cloud):
    cloud.frame('a', 1, 1, tenant_id='other', shared=True)
    cloud.add(GROUPS, 'x', l2_policy_id='a-0', tenant_id='third')

    assert nesting(cloud.map()) == {'a': {'a-0': ['a-0-0', 'x']}}


@pytest.mark.parametrize(('collection', 'id_'), [(L3, 'b'), (L2, 'b-1'), (GROUPS, 'b-0-1')])
def test_the_frame_in_which_something_is_broken_comes_first(cloud, collection, id_):
    for name in 'abc':
        cloud.frame(name, 2, 2)
    cloud.broken(collection, id_)

    assert list(nesting(cloud.map())) == ['b', 'a', 'c']


def test_what_is_broken_comes_before_what_is_being_built_and_more_of_it_before_less(cloud):
    for name in 'abcd':
        cloud.frame(name, 1, 3)
    cloud.broken(GROUPS, 'b-0-0', 'BUILD')
    cloud.broken(GROUPS, 'c-0-0')
    for number in range(2):
        cloud.broken(GROUPS, f'd-0-{number}')

    assert list(nesting(cloud.map())) == ['d', 'c', 'b', 'a']


def test_in_a_frame_the_broken_box_comes_first_and_in_a_box_the_broken_cell(cloud):
    cloud.frame('a', 2, 3)
    cloud.broken(GROUPS, 'a-1-2')

    assert nesting(cloud.map())['a'] == {
        'a-1': ['a-1-2', 'a-1-0', 'a-1-1'],
        'a-0': ['a-0-0', 'a-0-1', 'a-0-2'],
    }
    assert list(nesting(cloud.map())['a']) == ['a-1', 'a-0']


def test_a_frame_counts_its_groups_by_state(cloud):
    cloud.frame('a', 2, 3)
    cloud.broken(GROUPS, 'a-1-2')
    cloud.broken(L2, 'a-0', 'BUILD')
    area = cloud.map().frames[0].area

    assert counts(area) == {'ERROR': 1, 'ACTIVE': 5}
    assert [(one.status.value, one.count) for one in area.inner_counts] == [('BUILD', 1), ('ACTIVE', 1)]


def test_a_narrowed_map_leaves_out_what_has_none_of_the_groups(cloud):
    cloud.frame('a', 2, 2)
    cloud.frame('b', 1, 1)
    found = cloud.map(parties=[cloud.rows[GROUPS][0]], is_narrowed=True)

    assert nesting(found) == {'a': {'a-0': ['a-0-0']}}


def test_joins_count_those_that_are_not_found_too(cloud):
    cloud.add(L3, 'a')
    cloud.add(L2, 'a-0', l3_policy_id='a')
    cloud.add(GROUPS, 'front', l2_policy_id='a-0', consumed_policy_rule_sets=['web'])
    cloud.add(GROUPS, 'db', l2_policy_id='a-0', provided_policy_rule_sets=['web'])
    front = cloud.rows[GROUPS][0]

    assert cloud.map(parties=[front], is_narrowed=True).way_counts.number(front) == 1


def test_one_frame_alone_is_drawn_where_it_is_chosen(cloud):
    cloud.frame('a', 1, 1)
    cloud.frame('b', 1, 1)

    assert list(nesting(cloud.map(frame='b'))) == ['b']
    assert cloud.map(frame='b').is_one
    assert list(nesting(cloud.map(frame='gone'))) == ['a', 'b']
    assert not cloud.map(frame='gone').is_one


def nodes(found):
    """How many nodes the templates make, as the map counts them."""
    cell = maps.NAMED_CELL_NODES if found.is_named else maps.CELL_NODES
    boxes = sum(len(frame.inner) for frame in found.frames)
    return maps.AREA_NODES * (len(found.frames) + boxes) + cell * len(found.cells)


#: (L3 policies, L2 policies in each, groups in each of these).
LARGE = [(10, 10, 100), (1, 1, 10_000), (1, 10_000, 1), (10_000, 1, 1), (1000, 1, 10), (2, 500, 10), (100, 10, 10)]


@pytest.mark.slow
@pytest.mark.parametrize('shape', LARGE, ids=str)
def test_ten_thousand_groups_fit_are_counted_once_and_the_only_broken_one_has_the_first_cell(cloud, shape):
    frames, boxes, groups = shape
    for number in range(frames):
        cloud.frame(f'f{number}', boxes, groups)
    found = cloud.map()

    assert 500 < nodes(found) <= maps.MAX_NODES
    assert not found.is_named
    assert len(cloud.rows[GROUPS]) == len(found.cells) + sum(_counted_only(found))

    last = cloud.rows[GROUPS][-1]
    last.attributes['status'] = 'ERROR'

    assert cloud.map().cells[0] is last


def counted(others):
    return sum(one.count for one in others.counts) if others else 0


def _counted_only(found):
    yield counted(found.others)
    for frame in found.frames:
        yield frame.area.size if frame.is_folded else 0
        yield counted(frame.others)
        for box in frame.inner:
            yield len(box.area.own) if box.is_folded else 0
            yield counted(box.others)


def test_many_cells_lose_their_names_before_frames_fold(cloud):
    cloud.frame('a', 1, maps.MAX_NAMED_CELLS + 1)
    found = cloud.map()

    assert not found.is_named
    assert not found.frames[0].is_folded
    assert len(found.cells) == maps.MAX_NAMED_CELLS + 1


def test_as_many_cells_as_have_room_for_their_names_have_them(cloud):
    cloud.frame('a', 1, maps.MAX_NAMED_CELLS)

    assert cloud.map().is_named


def test_a_frame_that_has_no_room_folds_and_a_smaller_one_behind_it_does_not(cloud):
    cloud.frame('a', 1, 1000)
    cloud.frame('b', 1, 1000)
    cloud.frame('c', 1, 10)

    assert [(frame.area.id, frame.is_folded) for frame in cloud.map().frames] == [
        ('a', False),
        ('b', True),
        ('c', False),
    ]


def test_a_frame_that_is_chosen_has_all_the_room(cloud):
    cloud.frame('a', 1, 1000)
    cloud.frame('b', 1, 1000)

    assert len(cloud.map(frame='b').cells) == 1000


def test_of_many_external_groups_the_most_urgent_have_cells(cloud):
    for number in range(maps.MAX_OUTSIDE_CELLS + 5):
        cloud.add(EXTERNAL, f'x{number}')
    cloud.broken(EXTERNAL, f'x{maps.MAX_OUTSIDE_CELLS + 4}')
    outside = cloud.map().outside

    assert len(outside.cells) == maps.MAX_OUTSIDE_CELLS
    assert outside.cells[0].id == f'x{maps.MAX_OUTSIDE_CELLS + 4}'
    assert counted(outside.others) == 5
