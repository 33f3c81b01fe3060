# SPDX-License-Identifier: Apache-2.0
"""What the script of an open page does that viewers of the bench do, too: it retries a list that is pending."""

import threading

import requests

#: The table of groups, its part that is read again, and what the script sends for that.
GROUPS = 'project/gbp_status/?tab=gbp_status_tabs__groups'
FRAGMENT = {'Accept': 'text/html', 'Gbp-Status-Fragment': 'list'}

#: How many seconds to wait where the server does not say it.
RETRY_SECONDS = 2

#: The time of the round, in the words of the server, which every request of the round repeats.
NOT_BEFORE = 'Gbp-Status-Not-Before'


def is_accepted(answer):
    """Whether the table is still being read."""
    return answer.status_code == requests.codes.accepted


def answers(ask, is_pending, over=None, wait_seconds=None):
    """Yield the answers of one round; ``ask`` gets more headers and is called again while an answer is pending.

    ``over`` is an event that ends the waiting; ``wait_seconds`` replaces the time that the server says.
    """
    over = over or threading.Event()
    headers = {}
    while True:
        answer = ask(headers)
        yield answer
        seconds = wait_seconds or int(answer.headers.get('Retry-After', RETRY_SECONDS))
        if not is_pending(answer) or over.wait(seconds):
            return
        headers = {NOT_BEFORE: answer.headers[NOT_BEFORE]}


def read_all(viewer):
    """Read the table of groups to its end."""
    # Horizon closes a connection that is idle for as long as the page waits.
    for _answer in answers(lambda headers: viewer.get(GROUPS, **FRAGMENT, **headers, Connection='close'), is_accepted):
        pass
