# SPDX-License-Identifier: Apache-2.0
"""The main way of a user on the oldest Horizon and on one in the middle, beside one cloud."""
