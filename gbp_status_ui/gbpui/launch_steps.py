# SPDX-License-Identifier: Apache-2.0
"""Stands for Horizon's removed module ``create_instance``: steps of its names, without any action.

group-based-policy-ui names them in a class that no address reaches, so they only have to be there.
"""

from horizon import workflows


class NoAction(workflows.Action):
    class Meta:
        name = ''
        slug = 'gbp_status_no_action'


class SelectProjectUser(workflows.Step):
    action_class = NoAction


class SetInstanceDetails(workflows.Step):
    action_class = NoAction


class PostCreationStep(workflows.Step):
    action_class = NoAction


class SetAdvanced(workflows.Step):
    action_class = NoAction
