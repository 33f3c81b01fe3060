# SPDX-License-Identifier: Apache-2.0
"""The addresses of the panel project/gbp_status."""

from gbp_status_ui.model import scope
from gbp_status_ui.views import urls

urlpatterns = urls.of(scope.PROJECT)
