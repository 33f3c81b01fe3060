# SPDX-License-Identifier: Apache-2.0
"""The two scopes: one project, and all projects. The two panels differ only in their scope."""

import dataclasses

from django.urls import reverse


@dataclasses.dataclass(frozen=True)
class Scope:
    """Whose resources a panel shows; ``dashboard`` is the Horizon dashboard that it stands in."""

    dashboard: str
    all_projects: bool

    def url(self, view: str, *args: str) -> str:
        """Return the address of one of the panel's views."""
        return reverse(f'horizon:{self.dashboard}:gbp_status:{view}', args=args)


PROJECT = Scope('project', all_projects=False)
ADMIN = Scope('admin', all_projects=True)
