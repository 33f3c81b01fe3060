# SPDX-License-Identifier: Apache-2.0
"""The addresses of the panel admin/gbp_status."""

from gbp_status_ui.model import scope
from gbp_status_ui.views import urls

urlpatterns = urls.of(scope.ADMIN)
