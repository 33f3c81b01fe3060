# SPDX-License-Identifier: Apache-2.0
"""The version of the package is what is installed, and each page tells it."""

from importlib import metadata

from django.urls import reverse

import gbp_status_ui

from tests import markup


def test_the_version_is_that_of_what_is_installed():
    assert gbp_status_ui.__version__ == metadata.version('gbp_status_ui')


def test_a_page_tells_it_in_the_strip(member):
    page = markup.page(member.get(reverse('horizon:project:gbp_status:index')))

    assert 'gbp_status_ui %s' % gbp_status_ui.__version__ in markup.words(page.query_one('[data-gbp-status-strip]'))
