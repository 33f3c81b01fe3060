# SPDX-License-Identifier: Apache-2.0
"""The embedded cloud: real Keystone, Neutron with GBP and Horizon with the plugin, for trying and for tests."""
