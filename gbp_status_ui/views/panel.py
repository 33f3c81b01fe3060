# SPDX-License-Identifier: Apache-2.0
"""What the two panels share: their name, and that they are there exactly where the API has GBP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

import horizon

from gbp_status_ui.model.scope import Scope
from gbp_status_ui.service import api


class StatusPanel(horizon.Panel):
    """A panel of one ``scope``; the addresses stand beside it, in ``urls.py``."""

    name = _('Policy Status')
    slug = 'gbp_status'
    permissions: tuple[Any, ...] = ('openstack.services.network',)
    scope: Scope

    def allowed(self, context: Mapping[str, Any]) -> bool:
        """Hide the panel where the API says that it has no ``group-policy``."""
        request = context['request']
        return super().allowed(context) and api.Gbp(request, self.scope).has('group-policy')
