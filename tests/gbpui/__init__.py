# SPDX-License-Identifier: Apache-2.0
"""The plugin beside the real group-based-policy-ui, each of its releases in a process of its own."""
