# SPDX-License-Identifier: Apache-2.0
"""Random changes, and after each of them five pages of two users say what the API says: names and numbers, too.

Two workers of Horizon answer, with a real memcached. What the pages have to say is computed here, from what the API
answers and by nothing of the plugin but its list of kinds. ``RANDOM_CHANGES`` is how many changes are made.
"""

import collections
import concurrent.futures
from http import HTTPStatus
import os
import random

from gbp_status_ui.model import registry

from tests import dashboards
from tests import markup
from tests.cloud.pages import chips
from tests.cloud.pages import GROUPS

CHANGES = int(os.environ.get('RANDOM_CHANGES') or 4)
PROJECT, L2, L3, RULE_SETS = 'bistro', 'l2_policies', 'l3_policies', 'policy_rule_sets'
TABS = ('groups', 'l3_policies', 'other')
STATES = ('ERROR', 'BUILD', 'ACTIVE', 'NONE')
LABELS = {'ERROR': 'Error', 'BUILD': 'Building', 'ACTIVE': 'Active', 'NONE': 'Not reported'}
#: {details: what they have in common with others}.
DETAILS = {
    '': '',
    'no route to 10.0.0.1 since 2026-11-30T09:23:11Z': 'no route',
    'no route to 10.0.0.99 since 2026-12-01T10:00:00Z': 'no route',
    'HTTP 404 from the driver': '404',
    'HTTP 503 from the driver': '503',
    '{"code": 404, "reason": "<b>gone</b>"}': 'gone',
}
#: The attributes that name what a resource is built from.
BUILT_FROM = {
    GROUPS: (
        'l2_policy_id',
        'provided_policy_rule_sets',
        'consumed_policy_rule_sets',
        'network_service_policy_id',
    ),
    'external_policies': ('external_segments', 'provided_policy_rule_sets', 'consumed_policy_rule_sets'),
    L3: ('external_segments',),
    L2: ('l3_policy_id',),
    'policy_targets': ('policy_target_group_id',),
    RULE_SETS: ('policy_rules', 'child_policy_rule_sets'),
    'policy_rules': ('policy_classifier_id', 'policy_actions'),
    'nat_pools': ('external_segment_id',),
    'application_policy_groups': ('policy_target_groups',),
    'servicechain_instances': (
        'servicechain_specs',
        'provider_ptg_id',
        'consumer_ptg_id',
        'management_ptg_id',
        'classifier_id',
    ),
    'servicechain_specs': ('nodes',),
    'servicechain_nodes': ('service_profile_id',),
}


class Changing:
    """Resources of one project, and one random change of them after the other; the same in each run."""

    def __init__(self, gbp):
        self.gbp = gbp
        self.draw = random.Random(20)  # noqa: S311 - no secret
        tops = [
            gbp.make(L3, f'vrf-{n}', PROJECT, ip_pool=f'10.{80 + n}.0.0/16', subnet_prefix_length=26) for n in range(2)
        ]
        self.l2_policies = [gbp.make(L2, f'front-{n}', PROJECT, l3_policy_id=tops[n % 2]) for n in range(3)]
        self.kinds = dict.fromkeys(tops, L3) | dict.fromkeys(self.l2_policies, L2)
        self.kinds |= {gbp.make(RULE_SETS, f'rules-{n}', PROJECT): RULE_SETS for n in range(2)}
        self.gone, self.number = [], 0
        for _group in range(5):
            self.create()

    def make(self):
        """Make a change; return (what was done, the id of what was changed)."""
        done = self.draw.choice([self.state, self.state, self.state, self.back, self.rename, self.create, self.delete])
        return done.__name__, done()

    def _any(self):
        return self.draw.choice(list(self.kinds))

    def state(self):
        id_, state = self._any(), self.draw.choice(['ERROR', 'ERROR', 'BUILD', None, 'BANANA'])
        self.gbp.set(id_, state, self.draw.choice(sorted(DETAILS)) if state == 'ERROR' else '')
        return id_

    def back(self):
        id_ = self._any()
        self.gbp.set(id_, 'ACTIVE')
        return id_

    def rename(self):
        id_ = self._any()
        self.gbp.change(self.kinds[id_], id_, PROJECT, name=self._name())
        return id_

    def create(self):
        id_ = self.gbp.make(GROUPS, self._name(), PROJECT, l2_policy_id=self.draw.choice(self.l2_policies))
        self.kinds[id_] = GROUPS
        return id_

    def delete(self):
        groups = [id_ for id_, kind in self.kinds.items() if kind == GROUPS]
        if len(groups) < 3:
            return self.create()
        id_ = self.draw.choice(groups)
        self.gbp.delete(id_)
        del self.kinds[id_]
        self.gone.append(id_)
        return id_

    def _name(self):
        self.number += 1
        return f'{self.draw.choice(["web", "Äpfel", "<b>till</b>", "データ"])}-{self.number}'


class Truth:
    """What one user reads in the API: {id: row} with its ``kind`` in each."""

    def __init__(self, rows):
        self.rows = rows
        self.dependants = collections.defaultdict(set)
        for id_, row in rows.items():
            for attribute in BUILT_FROM.get(row['kind'], ()):
                value = row.get(attribute) or ()
                for parent in [value] if isinstance(value, str) else value:
                    self.dependants[parent].add(id_)

    def of(self, *kinds):
        return {id_: said(row) for id_, row in self.rows.items() if row['kind'] in kinds}

    @property
    def all(self):
        return {id_: said(row) for id_, row in self.rows.items()}

    @property
    def problems(self):
        return {id_: one for id_, one in self.all.items() if one[1] in {'ERROR', 'BUILD'}}

    def on(self, id_):
        """Return the ids of what depends on a resource, through all steps."""
        found, edge = set(), {id_}
        while edge:
            edge = {one for parent in edge for one in self.dependants[parent]} - found - {id_}
            found |= edge
        return found


def said(row):
    return row['name'] or row['id'], row['status'] or 'NONE', row['status_details'] or ''


def counted(rows):
    """Return {state: number} as chips have it."""
    counts = collections.Counter(state for _name, state, _details in rows.values())
    return {**dict.fromkeys(STATES, 0), **counts}


def truths(gbp):
    """Return the truth of the project's member, and that of the administrator."""
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = dict(zip(registry.BY_COLLECTION, pool.map(gbp.truth, registry.BY_COLLECTION)))
    rows = {id_: {**row, 'kind': kind} for kind, found in answers.items() for id_, row in found.items()}
    own = next(row['tenant_id'] for row in rows.values() if row['name'] == 'front of the member')
    return Truth({id_: row for id_, row in rows.items() if row['tenant_id'] == own or row.get('shared')}), Truth(rows)


class Looker:
    """Somebody who looks at a panel; each look is a new connection, to whatever worker is free."""

    def __init__(self, horizon, user, panel):
        self.viewer = dashboards.Viewer(horizon, user)
        self.panel = f'{panel}/gbp_status/'
        self.workers = set()

    def get(self, path, **headers):
        """Return the answer once nothing in it is pending."""
        fresh = {'Cache-Control': 'no-cache', 'Connection': 'close', 'X-Requested-With': 'XMLHttpRequest'}
        for _time in range(20):
            answer = self.viewer.http.get(self.viewer.url + self.panel + path, headers={**fresh, **headers})
            self.workers.add(answer.headers.get('X-Worker'))
            if answer.status_code != HTTPStatus.ACCEPTED:
                return answer
            fresh['Gbp-Status-Not-Before'] = answer.headers['Gbp-Status-Not-Before']
        raise AssertionError(f'{path} is still pending')

    def part(self, path):
        return markup.fragment(self.get(path, **{'Gbp-Status-Fragment': 'list'}).text)

    def parts(self, **parameters):
        """Return {name: fragment} of the overview."""
        asked = '&'.join(f'{name}={value}' for name, value in parameters.items())
        kinds = '&'.join(f'kind={name}' for name in ('summary', 'problems', *registry.BY_COLLECTION))
        for _time in range(20):
            answer = self.get(f'overview/?{kinds}&size=200&{asked}').json()
            if not answer['pending']:
                return {name: markup.fragment(text) for name, text in answer['fragments'].items()}
        raise AssertionError('the overview is still pending')


def badges(document, selector=''):
    """Return {id: (name, status, details)}."""
    attributes = [badge.attrs for badge in document.query(f'{selector} .gbp-status-badge')]
    return {
        one['data-gbp-status-id']: tuple(one[f'data-gbp-status{about}'] for about in ('-name', '', '-details'))
        for one in attributes
    }


def compare_tab(looker, truth, tab):
    document = looker.part(f'?tab=gbp_status_tabs__{tab}&size=200')
    rows = truth.of(*(kind.collection for kind in registry.in_tab(tab)))
    yield f'rows of {tab}', badges(document, '.gbp-status-table'), rows
    named = {
        row.attrs['data-object-id']: markup.words(row.query_one('.gbp-status-column-name a'))
        for row in document.query('tr[data-object-id]')
    }
    yield f'names in {tab}', named, {id_: name for id_, (name, *_others) in rows.items()}
    yield f'chips of {tab}', chips(document), {**counted(rows), 'ALL': len(rows)}
    if tab == 'groups':
        on = {
            row.attrs['data-object-id']: markup.words(row.query_one('.gbp-status-column-l2_policy_id'))
            for row in document.query(f'table#{GROUPS} tr[data-object-id]')
        }
        names = {id_: truth.rows[id_]['l2_policy_id'] for id_ in truth.of(GROUPS)}
        yield 'L2 policies of groups', on, {id_: truth.rows[l2]['name'] for id_, l2 in names.items()}


def compare_overview(looker, truth, grouping):
    found = looker.parts(group=grouping)
    problems = found['problems']
    yield f'problems by {grouping}', badges(problems), truth.problems
    numbers = chips(problems)
    yield 'chips of the overview', {state: numbers[state] for state in numbers if state != 'BELOW'}, counted(truth.all)
    for kind in registry.BY_COLLECTION:
        lines = [markup.words(chip).rpartition(' ') for chip in found[kind].query('a.gbp-status-chip')]
        counts = collections.Counter(LABELS.get(state, state) for _name, state, _details in truth.of(kind).values())
        yield f'line of {kind}', {label: int(number) for label, _blank, number in lines}, dict(counts)
    yield from GROUPINGS[grouping](found, truth)


def _compare_faults(found, truth):
    numbers = collections.Counter((state, DETAILS[details]) for _name, state, details in truth.problems.values())
    yield 'numbers by fault', sorted(_badges_of(found['problems'])), sorted(numbers.values())


def _compare_kinds(found, truth):
    kinds = collections.Counter(truth.rows[id_]['kind'] for id_ in truth.problems)
    yield 'numbers by kind', _badges_of(found['problems']), [kinds[one] for one in registry.BY_COLLECTION if kinds[one]]


def _compare_causes(found, truth):
    groups = found['problems'].query('.gbp-status-group')
    causes = [group for group in groups if group.query('[data-gbp-status=ERROR]')]
    yield 'first sentence', markup.words(found['summary']), sentence(truth, len(causes))
    for group in groups:
        yield from _compare_extent(group, truth)


def _compare_extent(group, truth):
    (cause, *_members) = badges(group)
    if group.query('summary > .badge'):
        # Equal faults have no cause.
        return
    words = ' '.join(markup.texts(group, '[data-gbp-status-extent]')).replace('at least ', '')
    on = truth.on(cause)
    # Nothing is broken with what is only being built.
    broken = [id_ for id_ in on if truth.all[id_][1] == truth.all[cause][1] == 'ERROR']
    yield f'extent of {cause}', words, extent(len(broken), len(on))


GROUPINGS = {'cause': _compare_causes, 'fault': _compare_faults, 'kind': _compare_kinds}


def _badges_of(problems):
    return [int(markup.words(badge)) for badge in problems.query('.gbp-status-group summary > .badge')]


def extent(broken, depend):
    verb = 'depends' if depend == 1 else 'depend'
    if broken:
        return f'{broken} broken with it, of {depend} that {verb} on it'
    return f'{depend} {verb} on it' if depend else ''


def sentence(truth, causes):
    counts, total = counted(truth.all), len(truth.all)
    broken, building, silent = (counts[state] for state in ('ERROR', 'BUILD', 'NONE'))
    of_all = '' if broken else f' of {total} resources'
    clauses = [
        f'{broken} of {total} resources {_verb(broken)} broken, by {causes} cause{"" if causes == 1 else "s"}',
        f'{building}{of_all} {_verb(building)} being built',
        'GBP and Neutron report no error, and GBP is building nothing',
        f'{silent} report{"s" if silent == 1 else ""} nothing',
    ]
    holds = (broken, building, not (broken or building), silent)
    return '; '.join(clause for clause, is_so in zip(clauses, holds) if is_so) + '.'


def _verb(number):
    return 'is' if number == 1 else 'are'


def compare_page(looker, truth, kind, id_):
    if id_ not in truth.rows:
        answer = looker.get(f'{kind}/{id_}/', **{'Gbp-Status-Fragment': 'list'})
        yield 'page of what is gone', answer.status_code, HTTPStatus.NOT_FOUND
        return
    page = markup.page(looker.get(f'{kind}/{id_}/'))
    yield 'page', badges(page)[id_], said(truth.rows[id_])
    yield 'title', truth.rows[id_]['name'] in markup.words(page.query_one('title')), True


def differences(looker, truth, kind, id_, grouping):
    looks = [
        *(one for tab in TABS for one in compare_tab(looker, truth, tab)),
        *compare_overview(looker, truth, grouping),
        *compare_page(looker, truth, kind, id_),
    ]
    return len(looks), [(about, shown, true) for about, shown, true in looks if shown != true]


def test_after_each_random_change_all_pages_say_what_the_api_says(gbp, horizon):
    gbp.make(L2, 'front of the member', PROJECT)
    changing = Changing(gbp)
    lookers = (Looker(horizon, PROJECT, 'project'), Looker(horizon, 'admin', 'admin'))
    wrong, compared = [], 0
    for number in range(CHANGES):
        done, id_ = changing.make()
        kind = changing.kinds.get(id_, GROUPS)
        for looker, truth in zip(lookers, truths(gbp)):
            looks, found = differences(looker, truth, kind, id_, tuple(GROUPINGS)[number % 3])
            compared += looks
            wrong += [(number, looker.panel, done, *one) for one in found]
            print(*found, sep='\n', end='\n' * bool(found))
        print(f'{number + 1} of {CHANGES} changes, {compared} comparisons, {len(wrong)} differences', flush=True)

    assert wrong == []
    assert [len(looker.workers) for looker in lookers] == [2, 2]
