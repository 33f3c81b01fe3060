# SPDX-License-Identifier: Apache-2.0
"""The panel."""

import horizon


class Frame(horizon.Panel):
    name = 'Frame'
    slug = 'frame'
