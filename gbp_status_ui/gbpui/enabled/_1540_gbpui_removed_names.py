# SPDX-License-Identifier: Apache-2.0
"""Optional: lets group-based-policy-ui load on a Horizon that lacks names which it imports. See docs/gbpui.rst.

It changes modules of Django for the whole dashboard. The usual installation does not copy it; copy it by hand, and
delete the copy to end what it does.
"""

from gbp_status_ui.gbpui import removed_names

# Horizon reads a file with this name alone; it has no panel.
FEATURE = 'gbpui_removed_names'

if removed_names.put_back():
    ADD_JS_FILES = ['gbp_status_ui/gbpui/promises.js']
    ADD_ANGULAR_MODULES = ['gbpStatus.promises']
