# SPDX-License-Identifier: Apache-2.0
"""Its one page: the template of all pages as it is."""

from horizon import views


class IndexView(views.HorizonTemplateView):
    template_name = 'base.html'
    page_title = 'Frame'
