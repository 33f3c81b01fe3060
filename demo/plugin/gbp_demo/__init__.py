# SPDX-License-Identifier: Apache-2.0
"""What the demo's Neutron loads: the drivers reporting statuses, and a filter of its API that logs and fails calls."""
