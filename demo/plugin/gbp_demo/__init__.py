# SPDX-License-Identifier: Apache-2.0
"""What the demo's Neutron loads: the drivers that report statuses, and a filter before its API that logs and fails calls."""
