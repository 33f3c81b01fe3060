# SPDX-License-Identifier: Apache-2.0
"""The groups in a panel as Horizon's own are built: a DataTable with ajax rows, a list a kind, and a show a row."""
