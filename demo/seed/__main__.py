# SPDX-License-Identifier: Apache-2.0
"""Runs in a Neutron environment: python -m demo.seed KEYSTONE_URL REGION"""

from __future__ import annotations

import sys

from demo.seed import bakery
from demo.seed import infrastructure
from demo.seed import shop_chains
from demo.seed import shop_groups
from demo.seed import shop_network
from demo.seed.plant import Planter


def main(keystone_url: str, region: str) -> None:
    planter = Planter(keystone_url, region)
    planter.plant([*infrastructure.RESOURCES, *shop_network.RESOURCES, *shop_groups.RESOURCES, *bakery.RESOURCES])
    if planter.has_chains():
        planter.plant([*shop_chains.RESOURCES, *bakery.CHAINS])
    planter.read_all()


if __name__ == '__main__':
    main(*sys.argv[1:])
