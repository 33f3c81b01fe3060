# SPDX-License-Identifier: Apache-2.0
"""The application in the demo's cloud: an online shop and its smaller neighbour; runs in Neutron's environment."""
