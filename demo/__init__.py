# SPDX-License-Identifier: Apache-2.0
"""The embedded cloud: real Keystone, real Neutron with GBP and real Horizon with the plugin, for trying and for tests."""
