# SPDX-License-Identifier: Apache-2.0
"""The addresses of a panel, the same in both scopes."""

from __future__ import annotations

from django.urls import path
from django.urls import URLPattern

from gbp_status_ui.model.scope import Scope
from gbp_status_ui.views.detail import DetailView
from gbp_status_ui.views.explanation import ExplanationView
from gbp_status_ui.views.export import ExportView
from gbp_status_ui.views.fragments import FragmentsView
from gbp_status_ui.views.index import IndexView
from gbp_status_ui.views.overview import LinesView
from gbp_status_ui.views.pair import PairFragmentView
from gbp_status_ui.views.pair import PairView
from gbp_status_ui.views.statuses import StatusesView

_RESOURCE = '<slug:collection>/<slug:resource_id>/'


def of(scope: Scope) -> list[URLPattern]:
    """Return the URL patterns of the panel of one scope."""
    return [
        path('', IndexView.as_view(scope=scope), name='index'),
        path('statuses/', StatusesView.as_view(scope=scope), name='statuses'),
        path('export/', ExportView.as_view(scope=scope), name='export'),
        path('ways/', PairView.as_view(scope=scope), name='pair'),
        path('ways/fragment/', PairFragmentView.as_view(scope=scope), name='pair_fragment'),
        path('overview/', LinesView.as_view(scope=scope), name='lines'),
        path(_RESOURCE, DetailView.as_view(scope=scope), name='detail'),
        path(f'{_RESOURCE}fragments/', FragmentsView.as_view(scope=scope), name='fragments'),
        path(f'{_RESOURCE}explanation/', ExplanationView.as_view(scope=scope), name='explanation'),
    ]
