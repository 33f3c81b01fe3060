# SPDX-License-Identifier: Apache-2.0
"""The plugin itself, and the panel group Project > Policy (the one of group-based-policy-ui, where that is there)."""

from django.utils.translation import gettext_lazy as _

from gbp_status_ui import assets

PANEL_GROUP = 'GroupPolicyPanels'
PANEL_GROUP_NAME = _('Policy')
PANEL_GROUP_DASHBOARD = 'project'

ADD_INSTALLED_APPS = ['gbp_status_ui']
ADD_JS_FILES = assets.SCRIPTS
ADD_SCSS_FILES = assets.STYLES
