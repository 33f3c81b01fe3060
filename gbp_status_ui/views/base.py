# SPDX-License-Identifier: Apache-2.0
"""What all views share: the scope, the door to GBP, and the cost of the answer."""

import functools

from django.http import Http404
from django.utils.translation import gettext as _

from gbp_status_ui import api
from gbp_status_ui import projects
from gbp_status_ui import resources


class ScopedView:
    """A view of one of the two panels; ``scope`` is given where the panel's addresses are."""

    scope = None

    @functools.cached_property
    def gbp(self):
        return api.Gbp(self.request, self.scope)

    @functools.cached_property
    def project_names(self):
        if not self.scope.all_projects:
            return projects.own(self.request.user)
        return projects.every(self.request, self.gbp.connection.time_left)

    def dispatch(self, request, *args, **kwargs):
        """Answer, and say what that cost (W3C Server Timing) and how old it is (RFC 9111: Age)."""
        response = super().dispatch(request, *args, **kwargs)
        spent = self.gbp.connection
        response.headers['Server-Timing'] = f'gbp;dur={spent.seconds * 1000:.1f};desc="{spent.calls}"'
        response.headers['Age'] = str(self.gbp.shared.age)
        return response


def unread(gbp):
    """Return (kind, failure) of what could not be read while a page was made."""
    return [(resources.BY_COLLECTION[collection], failure) for collection, failure in gbp.unread.items()]


def kind_or_404(collection):
    """Return the registry's entry of a kind in an address."""
    if collection not in resources.BY_COLLECTION:
        raise Http404(_('There is no kind of resource named %s.') % collection)
    return resources.BY_COLLECTION[collection]
