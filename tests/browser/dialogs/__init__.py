# SPDX-License-Identifier: Apache-2.0
"""The dialogs of group-based-policy-ui, of its last release with service chains and of its newest."""
