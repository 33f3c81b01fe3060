# SPDX-License-Identifier: Apache-2.0
"""The panel."""

import horizon


class Rival(horizon.Panel):
    name = 'Rival'
    slug = 'rival'
