# SPDX-License-Identifier: Apache-2.0
"""Viewers of the same things, what each look costs, and the clock by which answers age."""

import itertools
import json
import re
import time

from django.urls import reverse

GROUPS = 'policy_target_groups'
CHAINS = 'servicechain_instances'
#: What no answer has in it: control characters, and halves of surrogate pairs.
UNFIT = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]')


class Clock:
    """The time of day that the ages of answers are counted by; it goes on by what a test adds, and a little a look."""

    def __init__(self):
        self.ahead = 0.0
        self._begun = time.time()
        self._looks = itertools.count(1)

    def time(self):
        return self._begun + self.ahead + next(self._looks) / 1_000_000

    def __getattr__(self, name):
        return getattr(time, name)


def poll(client, *ids, kind=GROUPS, panel='project', **headers):
    return client.get(reverse(f'horizon:{panel}:gbp_status:statuses'), {kind: ','.join(ids)}, headers=headers)


def page(client, tab='groups', **headers):
    address = reverse('horizon:project:gbp_status:index')
    return client.get(address, {'tab': f'gbp_status_tabs__{tab}'}, headers=headers)


def calls(answer):
    """How many calls to GBP an answer has cost, as it says itself."""
    return int(answer.headers['Server-Timing'].partition('desc="')[2].rstrip('"'))


def act(client):
    """Send a request that may change something."""
    client.post(reverse('horizon:project:gbp_status:statuses'))


def said(response):
    """Return all texts of an answer in one, those of JSON without its escapes."""
    text = response.content.decode()
    return '\n'.join(_texts(json.loads(text))) if 'json' in response.headers['Content-Type'] else text


def _texts(value):
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else [str(value)]
