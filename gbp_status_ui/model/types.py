# SPDX-License-Identifier: Apache-2.0
"""Names of the types that several rooms speak of; those of resources stand in ``resource.py``."""

from collections.abc import Mapping
from typing import Any

#: One row of an answer of the API: attributes by name, checked where they are used.
Attributes = dict[str, Any]

#: What tells a resource apart from those of all kinds: collection and id.
Key = tuple[str, str]

#: Ids by collection.
Ids = dict[str, list[str]]

#: A parameter of a call's address that filters, such as ``('status', ('ERROR', 'error'))``; or ``('shared', True)``.
Filter = tuple[str, Any]

#: The names of projects by id, which has one for any id: at least the id itself.
ProjectNames = Mapping[Any, str]
