# SPDX-License-Identifier: Apache-2.0
"""Horizon's frame around nothing: its menus, its header, and a title."""
