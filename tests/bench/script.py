# SPDX-License-Identifier: Apache-2.0
"""What the script of an open page does that the bench has to do, too: it comes back for what is still being read."""

import threading

import requests

#: The table of groups, its part that is read again, and what the script sends for that.
GROUPS = 'project/gbp_status/?tab=gbp_status_tabs__groups'
PART = {'Accept': 'text/html', 'Gbp-Status-Part': 'list'}

#: How long to wait where the server does not say it, in seconds.
COME_BACK = 2

_CAME_FIRST = 'Gbp-Status-Came-First'


def first_headers(opened):
    """Return what is sent along with the first question for a part of a page that says when it was opened."""
    return {'Gbp-Status-Opened': opened}


def is_accepted(answer):
    """Whether the table is still being read."""
    return answer.status_code == requests.codes.accepted


def answers(ask, is_unfinished, over=None):
    """Yield the answers to one question; ``ask`` gets more headers and is called again while one is unfinished.

    ``over`` is an event that ends the waiting.
    """
    over = over or threading.Event()
    headers = {}
    while True:
        answer = ask(headers)
        yield answer
        if not is_unfinished(answer) or over.wait(int(answer.headers.get('Retry-After', COME_BACK))):
            return
        headers = {_CAME_FIRST: answer.headers[_CAME_FIRST]}


def read_all(viewer):
    """Read the table of groups to its end."""
    # Horizon closes a connection that is idle for as long as the page waits.
    for _answer in answers(lambda headers: viewer.get(GROUPS, **PART, **headers, Connection='close'), is_accepted):
        pass
