# SPDX-License-Identifier: Apache-2.0
"""The main way of a user on the oldest Horizon, on one in the middle and on the newest, beside one cloud."""
