# SPDX-License-Identifier: Apache-2.0
"""What a page tells its script: whose resources it shows, where and how often to poll, and what the filter shows."""

from __future__ import annotations

import hashlib
import math

from gbp_status_ui import conf
from gbp_status_ui.health import beneath
from gbp_status_ui.health.query import Query
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import Request
from gbp_status_ui.model.types import User
from gbp_status_ui.service.api import Gbp
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import time_zone
from gbp_status_ui.views.base import viewer_digest


def page_settings(request: Request, scope: Scope, query: Query | None = None) -> Context:
    """Return the context of ``_root.html`` and ``_polling.html``."""
    return {
        'poll_url': scope.url('statuses'),
        'viewer_digest': viewer_digest(request, scope),
        'muted_by': _viewer(request.user),
        'time_limit': conf.get('time_limit'),
        'poll_interval': conf.poll_interval(),
        'heartbeat': conf.get('heartbeat'),
        'notification_wait': conf.get('notification_wait'),
        'ids_per_poll': conf.MAX_POLL_IDS,
        'time_zone': str(time_zone(request)),
        'long_build': conf.get('long_build'),
        'shown_states': ' '.join(query.status) if query else '',
    }


def _viewer(user: User) -> str:
    """Return what tells apart whose problems are put aside in a browser: a user's, in one region."""
    return hashlib.sha256(repr((user.services_region, user.id)).encode()).hexdigest()[:16]


def asked_beneath() -> Context:
    """Return the context by which the script of a page of tables asks what is beneath their rows."""
    return {'kinds_beneath': ' '.join(kind.collection for kind in beneath.kinds())}


def read_state(gbp: Gbp) -> Context:
    """Return the context that tells the script from when on answers count for this page, and when to list all again."""
    return {'not_before': gbp.shared.not_before, 'stretched_heartbeat': stretched_heartbeat(gbp)}


def stretched_heartbeat(gbp: Gbp) -> float:
    """Return after how many seconds all is listed again where that costs GBP much; 0 where the setting counts."""
    heartbeat, seconds = conf.get('heartbeat'), math.ceil(gbp.heartbeat_seconds)
    return seconds if heartbeat and seconds > heartbeat else 0
