# SPDX-License-Identifier: Apache-2.0
"""The settings: one entry each. Defaults, system checks, the sample file and the reference derive from the entries.

An operator overrides single settings by ``GBP_STATUS_UI = {...}`` in Horizon's ``local_settings.d``.
"""

import dataclasses
import math
import typing
import urllib.parse

from django.conf import settings

from horizon import conf as horizon_conf

SETTING = 'GBP_STATUS_UI'

#: Stands in an address for the distinguished name of an object of the fabric.
NAME = '{dn}'


@dataclasses.dataclass(frozen=True)
class Type:
    """Which values a setting takes: in words, for messages and documents, and as a test of one value."""

    words: str
    fits: typing.Callable[[typing.Any], bool]


def _is_number(value: typing.Any, *types: typing.Union[type[int], type[float]]) -> bool:
    # True and False are integers to Python, and mistakes here.
    return isinstance(value, types) and not isinstance(value, bool) and value < math.inf


COUNT = Type('a whole number above zero', lambda value: _is_number(value, int) and value > 0)
SECONDS = Type('a number of seconds above zero', lambda value: _is_number(value, int, float) and value > 0)
SECONDS_OR_NEVER = Type(
    'a number of seconds, or 0 for never', lambda value: _is_number(value, int, float) and value >= 0
)
SWITCH = Type('True or False', lambda value: isinstance(value, bool))
ADDRESS_OF_NAME = Type(
    "an address of the scheme http or https with {dn} behind its host, or ''",
    lambda value: value == '' or _is_address_of_name(value),
)


def _is_address_of_name(value: object) -> bool:
    """A name of the fabric chooses no host: what GBP says must not lead a user to another one."""
    if not isinstance(value, str) or not value.isprintable() or ' ' in value:
        return False
    try:
        scheme, host, *rest = urllib.parse.urlsplit(value)
    except ValueError:
        return False
    return scheme in {'http', 'https'} and bool(host) and NAME not in host and any(NAME in part for part in rest)


@dataclasses.dataclass(frozen=True)
class Setting:
    """One setting; ``purpose`` is a sentence for operators."""

    name: str
    default: typing.Any
    type: Type
    purpose: str


SETTINGS = (
    Setting(
        'time_limit', 10, SECONDS, 'How long one request of the dashboard waits for GBP, for all its calls together.'
    ),
    Setting(
        'list_wait',
        0.5,
        SECONDS,
        'How long a request of the dashboard waits for a list; what takes longer follows on the page by itself.',
    ),
    Setting('parallel_calls', 32, COUNT, 'How many calls to GBP one Horizon process makes at the same time.'),
    Setting(
        'chain_shows',
        200,
        COUNT,
        'How many resources of a service chain kind a page reads one by one, which is the only way to a true status.',
    ),
    Setting('long_build', 600, SECONDS, 'After how long in BUILD a resource is marked as long-running.'),
    Setting(
        'heartbeat',
        60,
        SECONDS_OR_NEVER,
        'How often a page that is looked at reads all that it shows again, also what is not in BUILD.',
    ),
    Setting(
        'notification_wait',
        30,
        SECONDS,
        'How long a change has to last before the browser tells a user of it who asked for that.',
    ),
    Setting(
        'share_between_users',
        True,
        SWITCH,
        'Whether users with the same rights share answers. Turn it off if a policy of Neutron tells users apart by id.',
    ),
    Setting('gbpui_tables', True, SWITCH, 'Whether the tables of group-based-policy-ui get the status column.'),
    Setting('neutron_states', True, SWITCH, 'Whether pages read what Neutron says of what a resource is realised by.'),
    Setting(
        'apic_url',
        '',
        ADDRESS_OF_NAME,
        "The address of an object in the fabric's own dashboard; {dn} is its distinguished name. '' for no links.",
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}

#: Names of settings of earlier releases: they have no effect any more, and do no harm in an operator's file.
REMOVED = frozenset(
    {'extensions_age', 'names_in_cell', 'parallel_calls_of_a_request', 'project_names_age', 'sightings_kept'}
)

#: Horizon's default, where it was set to nothing that a poller can wait for, in milliseconds.
_POLL_INTERVAL_MS = 2500

#: How many ids a page asks for in one poll: gunicorn refuses a request line of more than 4,094 bytes.
MAX_POLL_IDS = 100

#: How many ids one call may ask for; 230 exceed the 8,192 bytes of an address that the client allows.
MAX_CALL_IDS = 150


def given() -> typing.Any:
    """Return what the operator has set, unchecked; a dict unless it is a mistake."""
    return getattr(settings, SETTING, {})


def get(name: str) -> typing.Any:
    """Return one setting: the operator's value, or the default where that is missing or does not fit."""
    setting, values = BY_NAME[name], given()
    value = values.get(name, setting.default) if isinstance(values, dict) else setting.default
    return value if setting.type.fits(value) else setting.default


def poll_interval() -> int:
    """Return the shortest time between two polls in milliseconds, from Horizon's own setting."""
    return horizon_conf.HORIZON_CONFIG['ajax_poll_interval'] or _POLL_INTERVAL_MS
