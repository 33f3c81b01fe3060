# SPDX-License-Identifier: Apache-2.0
"""The settings: every option with its default in one dict, and one reader.

An operator overrides single options by ``GBP_STATUS_UI = {...}`` in Horizon's ``local_settings.d``.
"""

from django.conf import settings

from horizon import conf as horizon_conf

SETTING = 'GBP_STATUS_UI'

#: Option -> default. Durations are seconds.
DEFAULTS = {
    # How long one request of the dashboard waits for GBP, whatever the number of calls it makes.
    'time_limit': 10,
    # How many calls to GBP one Horizon process makes side by side.
    'parallel_calls': 32,
    # How many of them may be for one request of the dashboard, so that a slow one leaves room for others.
    'parallel_calls_of_a_request': 8,
    # How many resources of a kind that only a show reads truly (service chains) a page shows one by one.
    'chain_shows': 200,
    # After how long in BUILD a resource is marked as taking long.
    'long_build': 600,
    # How long the answer to "which API extensions are there" is believed.
    'extensions_age': 300,
    # How long the names of projects are believed.
    'project_names_age': 300,
    # How many related resources a table cell names; the others are counted.
    'names_in_cell': 3,
}

#: The options that count things; the others are durations and may be broken numbers.
COUNTS = {'parallel_calls', 'parallel_calls_of_a_request', 'chain_shows', 'names_in_cell'}

#: Horizon's default, where it was set to nothing that a poller can wait for, in milliseconds.
_POLL_INTERVAL = 2500

#: How many ids one poll may ask for; 230 exceed the 8,192 bytes of an address that the client allows.
IDS_PER_CALL = 150


def get(option):
    """Return one option: the operator's value, or the default."""
    return getattr(settings, SETTING, {}).get(option, DEFAULTS[option])


def poll_interval():
    """Return the shortest time between two polls in milliseconds, from Horizon's own setting."""
    return horizon_conf.HORIZON_CONFIG['ajax_poll_interval'] or _POLL_INTERVAL
