# SPDX-License-Identifier: Apache-2.0
"""What tests of the objects beneath ask, and in which calls."""


def states(found):
    """Return {name: state} of a ReadResult of Neutron objects."""
    return {one.name: one.state.value for rows in found.rows.values() for one in rows.values()}


def asked(gbp):
    """Return [(collection, how many ids, or 'show')] of the calls that arrived."""
    found = [(one.collection, 'show' if one.resource_id else len(one.parameters.get('id', ()))) for one in gbp.requests]
    return sorted(found, key=str)


def unread(gbp):
    """Return {collection: reason} of what could not be read."""
    return {name: failure.reason for name, failure in gbp.unread.items()}
