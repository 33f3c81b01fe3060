# SPDX-License-Identifier: Apache-2.0
"""What the cloud's backend says of resources, as the tests set it."""

ACTIVE, BUILD, ERROR, NONE = ['ACTIVE', ''], ['BUILD', ''], ['ERROR', ''], [None, None]


class Backend:
    """Statuses by name or id, ``(state, details)``; all that is not named is ``rest``."""

    def __init__(self, cloud):
        self.cloud = cloud
        self._reported = {}

    def report(self, statuses, rest=ACTIVE):
        self._reported = {'*': rest, **statuses}
        self.cloud.statuses.set(self._reported)

    def change(self, statuses):
        self.report({**self._reported, **statuses}, self._reported['*'])

    def fail(self, *collections, **fault):
        """Calls to these collections fail: ``status=500``, or wait for :meth:`answer_again`: ``hold=True``."""
        self.cloud.faults.set(dict.fromkeys(collections, fault))

    def answer_again(self):
        self.cloud.faults.clear()

    def recover(self):
        self.answer_again()
        self.report({})
