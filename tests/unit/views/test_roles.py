# SPDX-License-Identifier: Apache-2.0
"""Every address as every role: nobody is told more than the API gives to their token, whoever has filled the cache."""

import copy
import re
import types

import pytest

from gbp_status_ui.caching import store
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views.base import FRAGMENT

from tests.clients import Client
from tests.unit import addresses
from tests.unit import sessions
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS
from tests.unit.viewing import said

#: {project: its domain}.
DOMAINS = {'demo': 'default', 'other': 'default', 'admin': 'default', 'south': 'south'}
#: What the operator's policy of Neutron does not give to those who may only read.
NOT_FOR_READERS = {'policy_rules', 'service_profiles', 'l3_policies'}
SCRIPT = {'X-Requested-With': 'XMLHttpRequest', FRAGMENT: 'list'}
#: What an answer says of a resource or of a project, and what differs from look to look: times, and random letters.
MARKER = re.compile('(?:name|details|project)-of-[a-z0-9_]+(?:-[a-z0-9_]+)?')
PASSING = re.compile(r'<time .*?</time>|\d{4}-\d\d-\d\dT[\d:]+(?:Z|\+00:00)|<!-- \w+ -->$', re.DOTALL | re.MULTILINE)

READER = sessions.Person('reader', project='demo', roles=('reader',))
REVOKED = sessions.Person('revoked', project='demo', roles=sessions.MEMBER.roles)
DOMAIN_ADMINISTRATOR = sessions.Person('south', project='', roles=sessions.ADMINISTRATOR.roles, domain='south')
ROLES = {
    'anonymous': None,
    'member': sessions.MEMBER,
    'member of another project': sessions.OTHER,
    'reader': READER,
    'administrator': sessions.ADMINISTRATOR,
    'administrator of another domain': DOMAIN_ADMINISTRATOR,
    'member whose token was revoked': REVOKED,
}
#: Those who are told that something could not be read.
HINDERED = (READER, REVOKED)
#: {who fills the cache: who comes after}.
AFTER = {
    'administrator': [name for name in ROLES if name != 'administrator'],
    'administrator of another domain': ['administrator', 'member'],
    'member': ['reader', 'member of another project', 'member whose token was revoked', 'anonymous'],
    'member of another project': ['member'],
    'reader': ['member'],
}


def may_see(person, row):
    """Say what the operator's policy does, which knows domains."""
    if 'admin' in person.roles:
        return person is sessions.ADMINISTRATOR or DOMAINS[row['tenant_id']] == person.domain
    return row['tenant_id'] == person.project or row.get('shared', False)


def forbids(person, collection):
    return person is READER and collection in NOT_FOR_READERS


def projects_of(request):
    """What Keystone lists to an administrator: the projects of the domain, or all of them."""
    (person,) = [one for one in ROLES.values() if one and one.name == request.user.id]
    projects = {name: f'project-of-{name}' for name in _projects(person)}
    return [types.SimpleNamespace(id=id_, name=name, domain_id=DOMAINS[id_]) for id_, name in projects.items()], False


@pytest.fixture
def ids(gbp, monkeypatch):
    """One resource of each kind in each project; return {project: {collection: [id]}}."""
    monkeypatch.setattr('openstack_dashboard.api.keystone.tenant_list', projects_of)
    people = [sessions.COLLEAGUE, *(person for person in ROLES.values() if person not in (None, REVOKED))]
    gbp.people = {f'token-of-{person.name}': person for person in people}
    gbp.may_see = may_see
    gbp.forbids = lambda person, asked: forbids(person, asked.collection)
    return {project: {kind.collection: [_made(gbp, kind, project)] for kind in registry.KINDS} for project in DOMAINS}


def _made(gbp, kind, project):
    """Policy actions are shared, so that there is something that everybody sees."""
    shared = {'shared': True} if kind.collection == 'policy_actions' else {}
    name = f'{project}-{kind.collection}'
    return gbp.make(kind.collection, f'name-of-{name}', project, 'ERROR', f'details-of-{name}', **shared)


def asked(ids):
    """Return the addresses of both panels, with the resources of an own project and of one of another domain."""
    return [
        address
        for panel in (scope.PROJECT, scope.ADMIN)
        for project in ('demo', 'south')
        for view, found in addresses.by_view(panel, {name: ids[project][name] for name in (GROUPS, CHAINS)}).items()
        for address in found
        if project == 'demo' or view in ('statuses', 'detail', 'fragments', 'explanation')
    ]


def given(gbp, person):
    """Return the markers of what the API gives to a person's token, and of their projects."""
    if person not in gbp.people.values():
        return set()
    collections = [name for name in gbp._rows if not forbids(person, name)]
    names = {row['name'] for name in collections for row in gbp._rows[name].values() if may_see(person, row)}
    projects = _projects(person) if 'admin' in person.roles else []
    details = {name.replace('name-of-', 'details-of-') for name in names}
    return names | details | {f'project-of-{name}' for name in projects}


def _projects(person):
    return [name for name, domain in DOMAINS.items() if person is sessions.ADMINISTRATOR or domain == person.domain]


def markers(told):
    return {marker for _status, text in told.values() for marker in MARKER.findall(text)}


def changes(before, after):
    """Return {address: (then, now)} of what is told otherwise."""
    return {address: (before[address], after[address]) for address in after if before[address] != after[address]}


def seen(person, found):
    """Return {address: (status, what is told)} as one person sees them."""
    client = person.log_in(Client()) if person else Client()
    answers = {address: client.get(address, headers=SCRIPT) for address in found}
    return {address: (answer.status_code, _told(said(answer))) for address, answer in answers.items()}


def _told(text):
    """Return a text without what passes; of Horizon's own pages, which have random parts, the markers alone."""
    return ' '.join(MARKER.findall(text)) if '<!DOCTYPE' in text else PASSING.sub('', text)


class Kept:
    """What a cache in memory holds at one time."""

    def __init__(self):
        cache = store.backend()
        self._parts = copy.deepcopy((cache._cache, cache._expire_info))

    def put_back(self):
        store.backend().clear()
        cache = store.backend()
        for part, kept in zip((cache._cache, cache._expire_info), copy.deepcopy(self._parts)):
            part.update(kept)


@pytest.mark.slow
@pytest.mark.usefixtures('clock')
def test_nobody_is_told_more_than_the_api_gives_whoever_has_filled_the_cache(gbp, ids):
    """Answers do not age in it: whoever comes later could be told all that was cached for others."""
    found = asked(ids)
    cold, warm = {}, {}
    for name, person in ROLES.items():
        store.backend().clear()
        cold[name], warm[name] = seen(person, found), Kept()

        assert markers(cold[name]) == given(gbp, person), name
        assert not [status for status, _text in cold[name].values() if status >= 500 and person not in HINDERED], name
    for filler, others in AFTER.items():
        for number, name in enumerate(others):
            warm[filler].put_back()
            # Those who come after take turns with the addresses.
            half = found[number % 2 :: 2]
            answered = [address for address in half if filler == 'administrator' or cold[name][address][0] != 403]

            assert changes(cold[name], seen(ROLES[name], answered)) == {}, f'{name} after {filler}'


@pytest.mark.slow
@pytest.mark.usefixtures('clock')
def test_a_cache_that_others_have_filled_is_used(gbp, ids):
    """So the test above would notice."""
    found = [address for address in asked(ids) if address.startswith(scope.PROJECT.url('index') + '?')]
    calls = []
    for person in (sessions.MEMBER, sessions.COLLEAGUE):
        gbp.requests.clear()
        seen(person, found)
        calls.append(len(gbp.requests))

    # The colleague's token is proved.
    assert calls[0] > calls[1] == 1
