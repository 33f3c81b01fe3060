# SPDX-License-Identifier: Apache-2.0
"""One entry of the cache, and rows to keep in it."""

import uuid

from gbp_status_ui.caching import entries
from gbp_status_ui.caching.entries import Entry
from gbp_status_ui.model.answers import Rows

KEY = 'answer:one'
#: The time at which entries are read.
NOW_SECONDS = 1000.0


def write(*answers, **options):
    """Keep one answer after the other, each with what is read before; return what is read then."""
    for answer in answers:
        entries.write({KEY: answer}, entries.read([KEY]), **options)
    return read()


def read():
    return entries.load(entries.read([KEY])).get(KEY, Entry())


def rows(number, **more):
    """Rows with all that a table asks for, and ids that no compression finds a pattern in."""
    return Rows([_as_listed(count) | more for count in range(number)])


def _as_listed(number):
    fixed = {'name': f'service-{number}', 'description': '', 'status': 'ACTIVE', 'status_details': '', 'shared': False}
    related = {'l2_policy_id': str(uuid.uuid4()), 'provided_policy_rule_sets': [str(uuid.uuid4())]}
    return {'id': str(uuid.uuid4()), 'tenant_id': 'demo', **fixed, **related, 'consumed_policy_rule_sets': []}
