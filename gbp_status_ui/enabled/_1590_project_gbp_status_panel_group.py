# SPDX-License-Identifier: Apache-2.0
"""The plugin itself, and the panel group Project > Policy (the one of group-based-policy-ui, where that is there)."""

from django.utils.translation import gettext_lazy as _

PANEL_GROUP = 'GroupPolicyPanels'
PANEL_GROUP_NAME = _('Policy')
PANEL_GROUP_DASHBOARD = 'project'

ADD_INSTALLED_APPS = ['gbp_status_ui']
# In this order: each file may use what those above it have put into horizon.gbpStatus.
ADD_JS_FILES = []
ADD_SCSS_FILES = ['gbp_status_ui/scss/gbp_status.scss']
