# SPDX-License-Identifier: Apache-2.0
"""The words of the AIM driver: which objects of the fabric count for a resource of GBP, and what it makes of them.

`state_of` tells the state of an object. What is not here counts nowhere: a bridge domain, the contract of a router,
a filter entry and the implicit contract of an L3 policy change no word of GBP.
"""

from __future__ import annotations

from collections.abc import Iterable

from gbp_demo import fabric
from gbp_demo.fabric import FabricObject
from gbp_demo.fabric import Row
from gbp_demo.fabric import StateOf


def of_l3_policy(state_of: StateOf, vrfs: Iterable[FabricObject]) -> str:
    """Of its routers the driver asks nothing but whether they exist."""
    return fabric.word(map(state_of, vrfs))


def of_l2_policy(state_of: StateOf, l3_policy: Row, network_status: str) -> str:
    """The status of its network, which has nothing of the fabric, and the service contract of its L3 policy."""
    return fabric.worst({network_status, fabric.word(map(state_of, fabric.service_objects(l3_policy)))})


def of_group(state_of: StateOf, endpoint_group: FabricObject) -> str:
    return fabric.word([state_of(endpoint_group)])


def of_application(state_of: StateOf, profiles: Iterable[FabricObject]) -> str:
    return fabric.word(map(state_of, profiles))


def of_rule(state_of: StateOf, rule: Row) -> str:
    """The driver asks for the state of a list of entries, which has none: no rule is ever more than BUILD."""
    return fabric.word([*map(state_of, fabric.filters(rule).values()), None])


def of_rule_set(state_of: StateOf, rule_set: Row) -> str:
    contract = fabric.contract(rule_set)
    return fabric.word(map(state_of, (contract, fabric.subject(contract))))
