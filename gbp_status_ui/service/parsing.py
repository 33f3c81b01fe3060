# SPDX-License-Identifier: Apache-2.0
"""Turns the answer of a service into rows, one resource or a :class:`Failure`, whatever JSON it is.

Proxies, portals and backends may change an answer, so this module checks all of it. It leaves out and counts rows
without a usable id, and turns values of another type into texts.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
import http
import itertools
import json
from typing import Any
import urllib.parse

from gbp_status_ui.model import registry
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.neutron import SYNC_STATE
from gbp_status_ui.model.types import Attributes

#: By what the rows of a collection are told apart, where that is not the id.
_KEYS = {'extensions': 'alias'}

#: Attributes that are text or null.
_TEXTS = {'name', 'description', 'status', 'status_details', SYNC_STATE}

#: Attributes that are text, a number, a boolean or null.
_FACTS = {fact.attribute for kind in registry.KINDS for fact in kind.facts}

#: The owner of a resource decides who sees it. If it is no text, the owner is unknown.
_OWNERS = {'tenant_id', 'project_id'}

#: Types of JSON values without others in them.
_TEXT_OR_NULL = {str, type(None)}
_SCALARS = {*_TEXT_OR_NULL, int, float, bool}

#: How deeply the value of an attribute may be nested: it stands in a row, a list, and the answer.
_VALUE_LEVELS = texts.MAX_LEVELS - 3

#: How much of an answer without an error of Neutron's a log shows.
_EXCERPT_CHARACTERS = 200


def read(status: int, text: str, headers: Mapping[str, str]) -> Response:
    """Return the :class:`Response` of an HTTP response.

    :raises Refused: it is no success
    :raises Malformed: it is no JSON
    :raises RecursionError: it is nested too deeply
    """
    request_id = headers.get('X-Openstack-Request-Id', '')
    if status != http.HTTPStatus.OK:
        raise Refused(status, text, request_id)
    return Response(text, request_id)


class Malformed(ValueError):
    """An answer of 200 that is not what was asked for; the message says what it lacks."""

    def __init__(self, message: str, request_id: str = '') -> None:
        super().__init__(message)
        self.request_id = request_id


class Refused(Exception):
    """An answer that is no success: its HTTP status, and what it says.

    ``member`` is the kind of resource that a show has asked for.
    """

    def __init__(self, status: int, body: str, request_id: str = '', member: str = '') -> None:
        super().__init__(status, body)
        self.status = status
        self.request_id = request_id
        self._error = _neutron_error(body)
        self._body = str(body)
        self.member = member

    @property
    def unauthorized(self) -> bool:
        return self.status == http.HTTPStatus.UNAUTHORIZED

    @property
    def failure(self) -> Failure:
        return Failure(self._reason, f'{self.status} {self.message}')

    @property
    def message(self) -> str:
        """The service's own words, clean."""
        return texts.clean(str(self._error.get('message') or self._body[:_EXCERPT_CHARACTERS]))

    @property
    def _reason(self) -> Reason:
        if self._says_gone:
            return Reason.GONE
        return Reason.FORBIDDEN if self.status == http.HTTPStatus.FORBIDDEN else Reason.ERROR

    @property
    def _says_gone(self) -> bool:
        """Whether GBP says that there is no such resource: by an error whose type has the name of the kind.

        A 404 alone proves nothing: Neutron answers it for any path that it does not serve, a driver for a network that
        it misses, a proxy for anything. GBP spells some names differently (``NATPoolNotFound``,
        ``ServiceChainNodeNotFound``).
        """
        type_ = self._error.get('type')
        expected = self.member.replace('_', '') + 'notfound'
        is_not_found = self.status == http.HTTPStatus.NOT_FOUND and bool(self.member)
        return is_not_found and isinstance(type_, str) and type_.lower() == expected


def _neutron_error(body: str) -> dict[str, Any]:
    """Return what an error of Neutron's says, {} where it is none."""
    try:
        said = json.loads(body)
    except (TypeError, ValueError, RecursionError):
        return {}
    error = said.get('NeutronError') if isinstance(said, dict) else None
    return error if isinstance(error, dict) else {}


class Response:
    """A JSON value whose texts are clean, and Neutron's id of the request that it answers."""

    def __init__(self, document: str, request_id: str = '') -> None:
        try:
            body = json.loads(document)
        except ValueError as error:
            raise Malformed(f'no JSON: {error}', request_id) from error
        self._body = texts.cleaned(body) if texts.may_be_unfit(document) else body
        self._request_id = request_id

    def rows(self, collection: str, fields: Sequence[str] = ()) -> Rows:
        """Return the :class:`Rows` of one page of a list; where ``fields`` were asked for, each row has these alone.

        :raises Malformed: there is no list of the collection, or none of its rows can be used
        :raises RecursionError: it is nested too deeply
        """
        listed = self._get(collection)
        if not isinstance(listed, list):
            raise Malformed(f'no list of {collection} in it', self._request_id)
        key = _KEYS.get(collection, 'id')
        usable = _fitted(_usable(listed, key), fields)
        if listed and not usable:
            raise Malformed(f'no usable {key} in any of the {collection}', self._request_id)
        return Rows(usable, len(listed) - len(usable))

    def member(self, name: str, resource_id: str, fields: Sequence[str] = ()) -> Attributes:
        """Return the attributes of one resource; where ``fields`` were asked for, it has these alone.

        :raises Malformed: there is no such member, or it is another resource
        :raises RecursionError: it is nested too deeply
        """
        found = _fitted(_usable([self._get(name)], 'id'), fields)
        # Databases may compare ids without case.
        if not found or found[0]['id'].lower() != resource_id.lower():
            raise Malformed(f'no {name} {resource_id} in it', self._request_id)
        return found[0]

    def next_page(self, collection: str) -> dict[str, list[str]] | None:
        """Return the parameters of the page that follows, or None.

        :raises Malformed: there is one, and its address cannot be understood
        """
        links = self._get(f'{collection}_links')
        links = [link for link in links if isinstance(link, dict)] if isinstance(links, list) else ()
        following = [link.get('href') for link in links if link.get('rel') == 'next']
        return self._parameters(following[0]) if following else None

    def _get(self, name: str) -> Any:
        return self._body.get(name) if isinstance(self._body, dict) else None

    def _parameters(self, address: Any) -> dict[str, list[str]]:
        try:
            found = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
        except (AttributeError, TypeError, ValueError):
            found = {}
        if not found:
            raise Malformed('no address of the next page in it', self._request_id)
        return found


def project_names(listed: Iterable[object]) -> dict[str, str]:
    """Return {id: name} of Keystone's projects; those without an id are left out.

    Projects of the same name, which are of several domains, are told apart by the domain's id.

    :raises TypeError: it is no list
    """
    described = [vars(project) for project in listed]
    named = [(project, _project_name(project)) for project in described if _is_text(project.get('id'))]
    counts = collections.Counter(name for _project, name in named)
    return {texts.clean(project['id']): _in_domain(project, name, counts[name]) for project, name in named}


def _project_name(project: Attributes) -> str:
    return texts.clean(_text(project.get('name')) or project['id'])


def _in_domain(project: Attributes, name: str, namesakes: int) -> str:
    domain = texts.clean(_text(project.get('domain_id')) or '')
    return f'{name} ({domain})' if namesakes > 1 and domain else name


def _usable(rows: list[Any], key: str) -> list[Attributes]:
    """Return those of the rows that have a usable key, and owners that are texts or null."""
    is_key = is_id if key == 'id' else _is_text
    found = [row for row in rows if isinstance(row, dict) and is_key(row.get(key))]
    return found if _have_owners(found) else [row for row in found if _have_owners([row])]


def _have_owners(rows: list[Attributes]) -> bool:
    return all({type(row.get(name)) for row in rows} <= _TEXT_OR_NULL for name in _OWNERS)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _fitted(rows: list[Attributes], fields: Sequence[str] = ()) -> list[Attributes]:
    """Return the attributes of each row, each of a type that it may have; what was asked for and lacks is null.

    It goes by columns: to look once at the types of a column costs a tenth of looking at each value.
    """
    found = _narrowed(rows, fields) if fields else rows
    for name in fields or dict.fromkeys(itertools.chain.from_iterable(found)):
        if not _all_fit(name, [row.get(name) for row in found]):
            for row in found:
                if name in row:
                    row[name] = _fitting(name, row[name])
    return found


def _narrowed(rows: list[Attributes], fields: Sequence[str]) -> list[Attributes]:
    """Return the rows with these attributes alone: GBP's have no others."""
    wanted = set(fields)
    return [row if row.keys() == wanted else {name: row.get(name) for name in fields} for row in rows]


def _all_fit(name: str, column: list[Any]) -> bool:
    """Say whether all values of an attribute may stay as they are; lists only where they have no others in them."""
    types = set(map(type, column))
    if name in _TEXTS:
        return types <= _TEXT_OR_NULL
    if name == 'shared':
        return types <= {bool}
    if name in _FACTS or not types - _SCALARS <= {list}:
        return types <= _SCALARS
    lists = (value for value in column if type(value) is list)
    return set(map(type, itertools.chain.from_iterable(lists))) <= _SCALARS


def _fitting(name: str, value: Any) -> Any:
    _require_shallow(value)
    if name in _TEXTS:
        return _text(value)
    if name in _FACTS and isinstance(value, (dict, list)):
        return _text(value)
    return bool(value) if name == 'shared' else value


def _require_shallow(value: object, depth: int = _VALUE_LEVELS) -> None:
    """Do nothing.

    :raises RecursionError: it is nested too deeply: what a page makes of it would not end well, either
    """
    if depth < 0:
        raise RecursionError
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            _require_shallow(inner, depth - 1)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
