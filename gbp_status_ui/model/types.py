# SPDX-License-Identifier: Apache-2.0
"""Names of the types that several rooms speak of; those of resources stand in ``resource.py``."""

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import Optional
from typing import Protocol

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


class Token(Protocol):
    """What a user shows to the services of OpenStack."""

    id: str


class User(Protocol):
    """A user of Horizon, as far as the plugin asks: Horizon has no types of its own."""

    id: str
    token: Token
    endpoint: str
    services_region: str
    project_id: Optional[str]
    project_name: Optional[str]
    domain_id: Optional[str]
    user_domain_id: Optional[str]
    system_scoped: bool
    is_superuser: bool
    roles: Iterable[Mapping[str, str]]
    authorized_tenants: Iterable[object]


class Parameters(Protocol):
    """The parameters of an address, each with all its values."""

    def lists(self) -> Iterable[tuple[str, list[str]]]: ...

    def copy(self) -> Any: ...


class Request(Protocol):
    """A request of Horizon by a user who is logged in, as far as the plugin asks: Django has no types of its own."""

    GET: Parameters
    META: Mapping[str, Any]
    COOKIES: Mapping[str, str]
    headers: Mapping[str, str]
    path: str
    #: Of any engine, or what stands in for it.
    session: Any
    user: User
    #: What the plugin notes itself: what it has read of the cache, and whether a page of gbpui has its elements.
    gbp_status_prefetch: Any
    gbp_status_host: bool

    def build_absolute_uri(self, location: str) -> str: ...

    def get_host(self) -> str: ...
