# SPDX-License-Identifier: Apache-2.0
"""Projects with many groups: their rows go straight into Neutron's tables, since the API takes some 100 ms for each."""

import contextlib
import dataclasses
import sqlite3
import uuid

from demo.keystone import Identity

#: How many groups the projects have; each project is named by that.
SIZES = (20, 100, 1000, 10000)

#: A group provides one rule set and consumes another; so many groups provide the same. (Of one rule set GBP reads each
#: pair of a provider and a consumer, which are a million where a thousand groups do both.)
RULE_SET_GROUPS = 10

#: How many groups share an L2 policy.
POLICY_GROUPS = 20


#: How many there are of what costs a backend such as AIM much, in a project of its own.
COSTLY, L3_POLICIES, L2_POLICIES, GROUPS, RULES = 'policies', 20, 200, 400, 300


@dataclasses.dataclass(frozen=True)
class Project:
    """A project of the large cloud; its user and password are the same word."""

    name: str
    id: str
    groups: tuple


def fill(cloud):
    """Make the projects unless they are there; return {number of groups: :class:`Project`}."""
    identity = Identity(cloud.keystone_url)
    with contextlib.closing(sqlite3.connect(_database(cloud), timeout=60)) as database:
        _index_foreign_keys(database)
        return {size: _project(identity, database, size) for size in SIZES}


def fill_costly(cloud):
    """Make the project whose statuses cost much unless it is there; return its name and the ids of its rules."""
    identity = Identity(cloud.keystone_url)
    identity.ensure_member(COSTLY)
    id_ = identity.list('projects', f'?name={COSTLY}')[0]['id']
    with contextlib.closing(sqlite3.connect(_database(cloud), timeout=60)) as database:
        if not _ids(database, 'gp_policy_rules', id_):
            with database:
                _fill_costly(database, id_)
        return COSTLY, _ids(database, 'gp_policy_rules', id_)


def store(cloud, groups, status, details=''):
    """Have GBP's tables say of groups what somebody would have read last."""
    rows = [(status, details, id_) for id_ in groups]
    with contextlib.closing(sqlite3.connect(_database(cloud), timeout=60)) as database, database:
        database.executemany('UPDATE gp_policy_target_groups SET status = ?, status_details = ? WHERE id = ?', rows)


def _database(cloud):
    (found,) = cloud.directory.glob('neutron-*/neutron.db')
    return found


def _index_foreign_keys(database):
    """MySQL makes an index for each foreign key by itself; without them GBP reads whole tables a group."""
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'gp_%'").fetchall()
    for (table,) in tables:
        for key in database.execute(f'PRAGMA foreign_key_list({table})').fetchall():
            database.execute(f'CREATE INDEX IF NOT EXISTS bench_{table}_{key[3]} ON {table} ({key[3]})')


def _project(identity, database, size):
    name = f'groups-{size}'
    identity.ensure_member(name)
    id_ = identity.list('projects', f'?name={name}')[0]['id']
    if not _ids(database, 'gp_policy_target_groups', id_):
        with database:
            _fill(database, id_, size)
    return Project(name, id_, _ids(database, 'gp_policy_target_groups', id_))


def _ids(database, table, project):
    """Return the ids in the order of the names, which is that of the page where nothing is wrong."""
    found = database.execute(f'SELECT id FROM {table} WHERE project_id = ? ORDER BY name', [project])
    return tuple(id_ for (id_,) in found)


_L3_POLICY = {'type': 'mapping', 'ip_version': 4, 'ip_pool': '10.0.0.0/8'}


def _fill_costly(database, project):
    l3_policies = _rows(database, 'gp_l3_policies', project, _names('vrf', L3_POLICIES), **_L3_POLICY)
    names = _names('segment', L2_POLICIES)
    l2_policies = _rows(database, 'gp_l2_policies', project, names, type='mapping')
    _point(database, 'gp_l2_policies', 'l3_policy_id', l2_policies, l3_policies)
    names = _names('service', GROUPS)
    groups = _rows(database, 'gp_policy_target_groups', project, names, type='mapping', service_management=False)
    _point(database, 'gp_policy_target_groups', 'l2_policy_id', groups, l2_policies)
    (classifier,) = _rows(database, 'gp_policy_classifiers', project, ['https'], protocol='tcp', direction='in')
    names = _names('allow', RULES)
    _rows(database, 'gp_policy_rules', project, names, enabled=True, policy_classifier_id=classifier)


def _names(word, number):
    return [f'{word}-{index:03}' for index in range(number)]


def _point(database, table, column, ids, targets):
    """Let each of some rows name one of the targets, in turns."""
    pairs = [(targets[number % len(targets)], id_) for number, id_ in enumerate(ids)]
    database.executemany(f'UPDATE {table} SET {column} = ? WHERE id = ?', pairs)


def _fill(database, project, size):
    (l3_policy,) = _rows(database, 'gp_l3_policies', project, ['vrf'], **_L3_POLICY)
    names = [f'segment-{number:03}' for number in range(-(-size // POLICY_GROUPS))]
    l2_policies = _rows(database, 'gp_l2_policies', project, names, type='mapping', l3_policy_id=l3_policy)
    names = [f'rules-{number:04}' for number in range(-(-size // RULE_SET_GROUPS))]
    rule_sets = _rows(database, 'gp_policy_rule_sets', project, names)
    names = [f'service-{number:05}' for number in range(size)]
    groups = _rows(database, 'gp_policy_target_groups', project, names, type='mapping', service_management=False)
    pairs = [(l2_policies[number // POLICY_GROUPS], id_) for number, id_ in enumerate(groups)]
    database.executemany('UPDATE gp_policy_target_groups SET l2_policy_id = ? WHERE id = ?', pairs)
    for way, offset in (('providing', 0), ('consuming', 1)):
        pairs = [(rule_sets[(number + offset) % len(rule_sets)], id_) for number, id_ in enumerate(groups)]
        table = f'gp_ptg_to_prs_{way}_associations'
        database.executemany(f'INSERT INTO {table} (policy_rule_set_id, policy_target_group_id) VALUES (?, ?)', pairs)


def _rows(database, table, project, names, **attributes):
    """Insert rows that are ACTIVE, as after a first read; return their ids."""
    ids = [str(uuid.uuid4()) for _ in names]
    same = {'project_id': project, 'status': 'ACTIVE', 'status_details': '', 'shared': False, **attributes}
    columns = ', '.join(['id', 'name', 'description', *same])
    places = ', '.join('?' * (len(same) + 3))
    rows = [(id_, name, f'{name} of the shop', *same.values()) for id_, name in zip(ids, names, strict=True)]
    database.executemany(f'INSERT INTO {table} ({columns}) VALUES ({places})', rows)
    return ids
