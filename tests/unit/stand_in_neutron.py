# SPDX-License-Identifier: Apache-2.0
"""Neutron's own objects in memory, for the stand-in of the network service; with Cisco's extensions as with AIM.

Lists of networks are wrong there, as they really are: of those that have been synchronised all but the last are still
``build`` in a list of several.
"""

import uuid

from gbp_status_ui.model import neutron

_BY_PATH = {kind.path: kind for kind in neutron.KINDS}
_OF_EXTENSION = {neutron.SYNC_STATE, neutron.DISTINGUISHED_NAMES}
#: Ports have these attributes, too, though nothing is in them.
_EXTENSIONS = {kind.collection: kind.extension or 'cisco-apic' for kind in neutron.KINDS}


def kind_of(path):
    """Return the kind of Neutron's that a path leads to, or None."""
    return _BY_PATH.get('/' + path.split('/')[1])


class NeutronObjects:
    """``extensions`` are those of the API; ``hides(person, collection)`` returns what a policy hides from a person."""

    def __init__(self, extensions):
        self.hides = lambda _person, _collection: ()
        self._extensions = extensions
        self._rows = {kind.collection: {} for kind in neutron.KINDS}
        self._listed_as = {}

    def make(self, collection, name, project='demo', sync='synced', names=None, listed_as=None, **attributes):
        """Create an object; return its id. ``listed_as`` is the sync state in lists of several."""
        id_ = str(uuid.uuid4())
        status = {'status': 'ACTIVE'} if neutron.BY_COLLECTION[collection].has_status else {}
        own = {'id': id_, 'name': name, 'tenant_id': project, 'project_id': project, 'shared': False, **status}
        fabric = {
            neutron.SYNC_STATE: 'N/A' if collection == 'ports' else sync,
            neutron.DISTINGUISHED_NAMES: names or {},
        }
        self._rows[collection][id_] = {**own, **fabric, **attributes}
        self._listed_as[id_] = listed_as
        return id_

    def set(self, id_, sync=None, **attributes):
        """From now on the fabric, or Neutron, says something else of an object."""
        fabric = {} if sync is None else {neutron.SYNC_STATE: sync}
        self._found(id_)[id_].update(**fabric, **attributes)

    def delete(self, id_):
        self._found(id_).pop(id_)

    def _found(self, id_):
        return next(rows for rows in self._rows.values() if id_ in rows)

    def list(self, kind, asked, person, may_see):
        seen = [row for row in self._rows[kind.collection].values() if may_see(person, row)]
        found = [dict(row) for row in seen if _matches(row, asked.parameters)]
        if not kind.lists_are_right and len(found) > 1:
            self._lie(found)
        return {kind.collection: [self._told(row, kind, asked, person) for row in found]}

    def show(self, kind, asked, person, may_see):
        """Return the object, or None where the person may not know of it."""
        row = self._rows[kind.collection].get(asked.resource_id)
        return {kind.member: self._told(row, kind, asked, person)} if row and may_see(person, row) else None

    def _lie(self, rows):
        for row in rows[:-1]:
            if row[neutron.SYNC_STATE] == 'synced':
                row[neutron.SYNC_STATE] = 'build'
        for row in rows:
            row[neutron.SYNC_STATE] = self._listed_as[row['id']] or row[neutron.SYNC_STATE]

    def _told(self, row, kind, asked, person):
        has_extension = _EXTENSIONS[kind.collection] in self._extensions
        hidden = {*self.hides(person, kind.collection), *(() if has_extension else _OF_EXTENSION)}
        fields = asked.parameters.get('fields')
        return {name: value for name, value in row.items() if name not in hidden and (not fields or name in fields)}


def _matches(row, parameters):
    """A filter by the sync state is ignored, as all that a resource has no filter for."""
    known = {'id', 'name', 'tenant_id', 'shared', 'status'} & set(row)
    return all(str(row[name]) in values for name, values in parameters.items() if name in known)
