# SPDX-License-Identifier: Apache-2.0
"""Every template compiles, and a badge says its state."""

import datetime

from django.template.loader import get_template
from django.utils import timezone
import pytest

from gbp_status_ui.model import statuses
from gbp_status_ui.templatetags import gbp_status

from tests import markup
from tests.settings import PLUGIN

pytestmark = pytest.mark.releases

ROOT = PLUGIN.parent
TEMPLATES = sorted(path.name for path in (ROOT / 'templates' / 'gbp_status_ui').iterdir())


@pytest.mark.parametrize('name', TEMPLATES)
def test_a_template_compiles(name):
    assert get_template(f'gbp_status_ui/{name}').origin.name.endswith(name)


def badge(status, **more):
    template = get_template('gbp_status_ui/_badge.html')
    kind = {'collection': 'l3_policies', 'label': 'L3 Policy'}
    resource = {'id': 'an-id', 'title': 'core', 'status': status, 'details': '', 'kind': kind, **more}
    return markup.fragment(template.render({'resource': resource, 'url': '/detail/'}))


@pytest.mark.parametrize('status', [*statuses.KNOWN, statuses.read('Odd <b>')], ids=lambda status: status.value)
def test_a_badge_says_its_state_by_word_and_icon_and_not_by_colour_alone(status):
    document = badge(status)
    shown = document.query_one('.gbp-status-badge')

    assert shown.attrs['data-gbp-status'] == status.value
    assert ('data-gbp-status-transient' in shown.attrs) == status.transient
    assert f'gbp-status-tone-{status.tone}' in shown.attrs['class'].split()
    assert markup.texts(document, 'button .gbp-status-word') == [str(status.label)]
    assert f'fa-{status.icon}' in document.query_one('button .gbp-status-icon').attrs['class'].split()
    assert document.query_one('button .gbp-status-icon').attrs['aria-hidden'] == 'true'


def test_a_badges_button_is_named_after_its_resource():
    assert 'core' in markup.words(badge(statuses.ERROR).query_one('button'))


def test_a_badges_button_says_that_a_dialog_opens_which_is_closed():
    said = badge(statuses.ERROR).query_one('button').attrs

    assert (said['aria-haspopup'], said['aria-expanded']) == ('dialog', 'false')


def test_a_badge_carries_what_its_popover_says():
    carried = badge(statuses.ERROR, details='line 1\n  line "2" & <b>').query_one('.gbp-status-badge').attrs

    assert 'ng-non-bindable' in carried
    assert carried['data-gbp-status-sentence'] == str(statuses.ERROR.sentence)
    assert carried['data-gbp-status-details'] == 'line 1\n  line "2" & <b>'
    assert carried['data-gbp-status-url'] == '/detail/'


@pytest.mark.parametrize(('zone', 'day'), [('Pacific/Kiritimati', 3), ('UTC', 2), ('Pacific/Pago_Pago', 1)])
def test_the_day_of_a_moment_is_that_of_the_users_time_zone(zone, day):
    with timezone.override(zone):
        moment = gbp_status.moment(datetime.datetime(2026, 3, 2, 10, 30, tzinfo=datetime.timezone.utc).timestamp())

    assert moment.date() == datetime.date(2026, 3, day)
