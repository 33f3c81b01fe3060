# SPDX-License-Identifier: Apache-2.0
"""One request by itself, with questions that are words; and how fresh the answers to a request have to be."""

import types

from django.core.signals import request_finished
from django.core.signals import request_started

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import freshness

from tests.clients import RequestFactory

#: How long a thread may take on a busy machine.
WAIT_SECONDS = 30


class Reader:
    """One request by itself; its questions are words, and the answer to each is a row that says who has asked.

    GBP answers at once, or with :meth:`end` where it is ``slow``.
    """

    def __init__(self, slow=False, hold=0.0, max_age=1, not_before=''):
        headers = {'Cache-Control': f'max-age={max_age}', freshness.NOT_BEFORE: not_before}
        request = types.SimpleNamespace(META={'HTTP_COOKIE': 'sessionid=one'}, headers=headers)
        self.proven = True
        self.answers = answers.Answers('rights', freshness.Freshness(request), lambda: self.proven)
        self.slow, self.hold = slow, hold
        self.asked, self.leases = [], []
        self.asked_at = 0.0

    def ask(self, leases):
        self.asked += [question for lease in leases for question in lease.batch]
        self.asked_at = answers.time.time()
        self.leases += leases
        if not self.slow:
            self.end()

    def end(self, value=None):
        """Have GBP answer all that is asked."""
        leases, self.leases = self.leases, []
        for lease in leases:
            values = {question: value or {'id': question, 'by': id(self)} for question in lease.batch}
            lease.take(values, self.asked_at)

    def fetch(self, *questions, **options):
        """Return what the answers are, for questions of one batch."""
        batches = [tuple(questions or ('question',))]
        found = self.answers.fetch(batches, self.ask, self.hold, **options)
        return [answer.value for answer in found.values()]

    def is_answered(self, *questions):
        return answers.PENDING not in self.fetch(*questions)

    def lease_key(self, *questions):
        return self.answers.lease_key(questions or ('question',))


def send(method, cookie):
    request_started.send(None, environ={'REQUEST_METHOD': method, 'HTTP_COOKIE': cookie})
    request_finished.send(None)


def freshness_of(cookie='sessionid=abc', said='', **headers):
    return freshness.Freshness(RequestFactory().get('/', headers={'cookie': cookie, **headers}), said)
