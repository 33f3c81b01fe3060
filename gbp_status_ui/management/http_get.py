# SPDX-License-Identifier: Apache-2.0
"""Makes one request to a web server within a time limit, and trusts the certificates of this host.

The message of a failure has no password of the address and no part of the request.
"""

from __future__ import annotations

import os
from typing import Any
import urllib.parse

from django.conf import settings
import requests

from gbp_status_ui.management.waiting import Task
from gbp_status_ui.management.waiting import TimeBudget
from gbp_status_ui.management.waiting import TookTooLong
from gbp_status_ui.service import transport

#: How many characters of a fault are shown.
MAX_CHARACTERS = 200


class NoAnswer(Exception):
    """The server gave no answer; the message says why, behind "does not answer: "."""


class NoAddress(Exception):
    """What was given is no address of a web server."""


def shown(address: str) -> str:
    """Return an address as it may be shown.

    :raises NoAddress: it is none
    """
    try:
        parts = urllib.parse.urlsplit(address)
        # The port is read only when it is asked for.
        usable = parts.scheme in {'http', 'https'} and parts.hostname and parts.port != 0 and address.isprintable()
    except ValueError as odd:
        raise NoAddress from odd
    if not usable or ' ' in address:
        raise NoAddress
    return f'{parts.scheme}://{parts.netloc.rpartition("@")[2]}{parts.path}'


def get(address: str, budget: TimeBudget, **options: Any) -> requests.Response:
    """Return the response.

    :raises NoAddress: it is none
    :raises NoAnswer: none came within the budget, or none that counts
    """
    shown(address)
    try:
        return Task(_get, address, budget, options).result(budget.left)
    except (TookTooLong, requests.Timeout) as timeout:
        raise NoAnswer(f'nothing complete came within {budget.seconds:g} seconds') from timeout
    except requests.exceptions.SSLError as refused:
        raise NoAnswer(
            f'its certificate cannot be verified ({_reason(refused)}); '
            'the variable OS_CACERT and OPENSTACK_SSL_CACERT of Horizon name the file of a private authority'
        ) from refused
    # requests raises others, too: OSError for certificates that are not there, UnicodeError for odd names of hosts.
    except (OSError, ValueError) as failure:
        raise NoAnswer(_reason(failure)) from failure


def _get(address: str, budget: TimeBudget, options: dict[str, Any]) -> requests.Response:
    certificates = _certificates()
    with transport.mount(requests.Session()) as session:
        for verify in certificates[:-1]:
            try:
                return session.get(address, timeout=max(0.1, budget.left), verify=verify, **options)
            except requests.exceptions.SSLError:
                continue
        return session.get(address, timeout=max(0.1, budget.left), verify=certificates[-1], **options)


def _certificates() -> list[str | bool]:
    """Return what may verify a server, in the order in which it is tried: the operator's authorities, then all others.

    With True requests takes what REQUESTS_CA_BUNDLE names, and otherwise the authorities that it brings.
    """
    if settings.OPENSTACK_SSL_NO_VERIFY:
        return [False]
    given = (os.environ.get('OS_CACERT'), settings.OPENSTACK_SSL_CACERT)
    return [*dict.fromkeys(filter(None, given)), True]


def _reason(failure: BaseException) -> str:
    """Return the first cause of a failure in words. The outer ones repeat the address, with all that it holds."""
    inner = failure.__cause__ or failure.__context__
    if inner:
        return _reason(inner)
    words = ' '.join(str(failure).split()) or type(failure).__name__
    return words[:MAX_CHARACTERS].rstrip('.')
