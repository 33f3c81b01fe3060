# SPDX-License-Identifier: Apache-2.0
"""Its one address."""

from django.urls import path

from bench_frame.views import IndexView

urlpatterns = [path('', IndexView.as_view(), name='index')]
