# SPDX-License-Identifier: Apache-2.0
"""The plugin itself, and the panel group Project > Policy (the one of group-based-policy-ui, where that is there)."""

from importlib import metadata

from django.utils.translation import gettext_lazy as _

PANEL_GROUP = 'GroupPolicyPanels'
PANEL_GROUP_NAME = _('Policy')
PANEL_GROUP_DASHBOARD = 'project'

ADD_INSTALLED_APPS = ['gbp_status_ui']
# In this order: each file may use what those above it have put into horizon.gbpStatus.
ADD_JS_FILES = [
    'gbp_status_ui/js/words.js',
    'gbp_status_ui/js/dom.js',
    'gbp_status_ui/js/badges.js',
    'gbp_status_ui/js/sightings.js',
    'gbp_status_ui/js/schedule.js',
    'gbp_status_ui/js/transport.js',
    'gbp_status_ui/js/session.js',
    'gbp_status_ui/js/counts.js',
    'gbp_status_ui/js/live_region.js',
    'gbp_status_ui/js/rows.js',
    'gbp_status_ui/js/requests.js',
    'gbp_status_ui/js/outages.js',
    'gbp_status_ui/js/clipboard.js',
    'gbp_status_ui/js/placement.js',
    'gbp_status_ui/js/why.js',
    'gbp_status_ui/js/popover_texts.js',
    'gbp_status_ui/js/popover.js',
    'gbp_status_ui/js/answers.js',
    'gbp_status_ui/js/fragments.js',
    'gbp_status_ui/js/reading.js',
    'gbp_status_ui/js/poller.js',
    'gbp_status_ui/js/freshness.js',
    'gbp_status_ui/js/page.js',
]
# Horizon up to 25.5 compiles all styles as one, with the theme's variables in place; later ones each file apart.
ADD_SCSS_FILES = [
    'gbp_status_ui/scss/gbp_status_apart.scss'
    if [int(number) for number in metadata.version('horizon').split('.')[:2]] >= [25, 6]
    else 'gbp_status_ui/scss/gbp_status.scss'
]
