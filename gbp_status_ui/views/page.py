# SPDX-License-Identifier: Apache-2.0
"""What a page tells its script: where and how often to poll, and what the filter shows."""

from gbp_status_ui import conf


def page_settings(scope, query=None):
    """Return the context of ``_root.html``."""
    return {
        'poll_url': scope.url('statuses'),
        'poll_interval': conf.poll_interval(),
        'ids_per_poll': conf.IDS_PER_CALL,
        'long_build': conf.get('long_build'),
        'shown_states': ' '.join(query.status) if query else '',
    }
