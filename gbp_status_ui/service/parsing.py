# SPDX-License-Identifier: Apache-2.0
"""What a service answered, made into rows, one resource or a :class:`Failure`; whatever JSON it is.

Between here and GBP stand proxies and portals, and backends write into GBP: nothing malformed gets past this module.
Rows that have no usable id are left out and counted; texts of another type become texts.
"""

import collections
import http
import json
import urllib.parse

from gbp_status_ui.model import registry
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.kinds import is_id

#: By what the rows of a collection are told apart, where that is not the id.
_KEYS = {'extensions': 'alias'}

#: Attributes that are text or null.
_TEXTS = {'name', 'description', 'status', 'status_details'}

#: Attributes that are text, a number, a boolean or null.
_FACTS = {fact.attribute for kind in registry.KINDS for fact in kind.facts}

#: The owner of a resource decides who sees it; one that is no text leaves that open.
_OWNERS = {'tenant_id', 'project_id'}

#: How much of an answer without an error of Neutron's a log shows.
_EXCERPT = 200


class Malformed(ValueError):
    """An answer of 200 that is not what was asked for; the message says what it lacks."""


class Refused(Exception):
    """An answer that is no success: its HTTP status and its body as text."""

    def __init__(self, status, body):
        super().__init__(status, body)
        self.status = status
        self._error = _neutron_error(body)
        self._body = str(body)

    @property
    def unauthorized(self):
        return self.status == http.HTTPStatus.UNAUTHORIZED

    @property
    def failure(self):
        """The :class:`Failure`. Gone is only what GBP itself says is gone: a proxy's 404 has no error of Neutron's."""
        said = None if self._error is None else self._error.get('message')
        return Failure(self._reason, texts.clean(f'{self.status} {said or self._body[:_EXCERPT]}'))

    @property
    def _reason(self):
        if self.status == http.HTTPStatus.NOT_FOUND:
            return Reason.ERROR if self._error is None else Reason.GONE
        return Reason.FORBIDDEN if self.status == http.HTTPStatus.FORBIDDEN else Reason.ERROR


def _neutron_error(body):
    try:
        said = json.loads(body)
    except (TypeError, ValueError, RecursionError):
        return None
    error = said.get('NeutronError') if isinstance(said, dict) else None
    return error if isinstance(error, dict) else None


def rows(body, collection, fields=()):
    """Return the :class:`Rows` of one page of a list; where ``fields`` were asked for, each row has these alone.

    :raises Malformed: there is no list of the collection, or none of its rows can be used
    :raises RecursionError: it is nested too deeply
    """
    listed = body.get(collection) if isinstance(body, dict) else None
    if not isinstance(listed, list):
        raise Malformed(f'no list of {collection} in it')
    key = _KEYS.get(collection, 'id')
    usable = [_attributes(row, fields) for row in texts.cleaned(listed) if _is_usable(row, key)]
    if listed and not usable:
        raise Malformed(f'no usable {key} in any of the {collection}')
    return Rows(usable, len(listed) - len(usable))


def member(body, name, resource_id):
    """Return the attributes of one resource.

    :raises Malformed: there is no such member, or it is another resource
    :raises RecursionError: it is nested too deeply
    """
    shown = texts.cleaned(body.get(name)) if isinstance(body, dict) else None
    # Databases may compare ids without case.
    if not _is_usable(shown, 'id') or shown['id'].lower() != resource_id.lower():
        raise Malformed(f'no {name} {resource_id} in it')
    return _attributes(shown)


def next_page(body, collection):
    """Return the parameters of the page that follows, or None.

    :raises Malformed: there is one, and its address cannot be understood
    """
    links = body.get(f'{collection}_links')
    links = [link for link in links if isinstance(link, dict)] if isinstance(links, list) else ()
    following = [link.get('href') for link in links if link.get('rel') == 'next']
    return _parameters(following[0]) if following else None


def _parameters(address):
    try:
        found = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
    except (AttributeError, TypeError, ValueError):
        found = {}
    if not found:
        raise Malformed('no address of the next page in it')
    return found


def project_names(listed):
    """Return {id: name} of Keystone's projects; those without an id are left out.

    Projects of the same name, which are of several domains, are told apart by the domain's id.

    :raises TypeError: it is no list
    """
    described = [vars(project) for project in listed]
    named = [(project, _project_name(project)) for project in described if _is_text(project.get('id'))]
    counts = collections.Counter(name for _project, name in named)
    return {texts.clean(project['id']): _in_domain(project, name, counts[name]) for project, name in named}


def _project_name(project):
    return texts.clean(_text(project.get('name')) or project['id'])


def _in_domain(project, name, namesakes):
    domain = texts.clean(_text(project.get('domain_id')) or '')
    return f'{name} ({domain})' if namesakes > 1 and domain else name


def _is_usable(row, key):
    if not isinstance(row, dict):
        return False
    known = is_id(row.get(key)) if key == 'id' else _is_text(row.get(key))
    return known and all(row.get(name) is None or isinstance(row[name], str) for name in _OWNERS)


def _is_text(value):
    return isinstance(value, str) and bool(value)


def _attributes(row, fields=()):
    """Return the attributes of a row, each of a type that it may have; what was asked for and lacks is null."""
    found = {name: row.get(name) for name in fields} if fields else row
    return {name: _fitting(name, value) for name, value in found.items()}


def _fitting(name, value):
    if name in _TEXTS:
        return _text(value)
    if name in _FACTS and isinstance(value, (dict, list)):
        return _text(value)
    return bool(value) if name == 'shared' else value


def _text(value):
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
