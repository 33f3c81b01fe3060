# SPDX-License-Identifier: Apache-2.0
"""GBP as Horizon's own ``api`` modules ask a service: one client a request, one function a call."""

from gbpclient.v2_0 import client

from horizon.utils.memoized import memoized
from openstack_dashboard.api import base


class Group(base.APIDictWrapper):
    """A group; the names of what it is built from are set by :func:`name`."""


@memoized
def gbp(request):
    return client.Client(token=request.user.token.id, endpoint_url=base.url_for(request, 'network'))


def _list(request, collection):
    return gbp(request).list(collection, f'/grouppolicy/{collection}', True)[collection]


def names(request):
    """Return {id: name} of all that groups are built from."""
    rows = [row for collection in ('l2_policies', 'policy_rule_sets') for row in _list(request, collection)]
    return {row['id']: row['name'] for row in rows}


def group_list(request):
    return [Group(row) for row in _list(request, 'policy_target_groups')]


def group_get(request, group_id):
    return Group(gbp(request).get(f'/grouppolicy/policy_target_groups/{group_id}')['policy_target_group'])


def name(group, known):
    """Put the names of what a group is built from beside their ids."""
    group.l2_policy = known.get(group.l2_policy_id, group.l2_policy_id)
    group.provided = ', '.join(known.get(id_, id_) for id_ in group.provided_policy_rule_sets)
    group.consumed = ', '.join(known.get(id_, id_) for id_ in group.consumed_policy_rule_sets)
    return group
