# SPDX-License-Identifier: Apache-2.0
"""The releases of group-based-policy-ui as they are published, each in a directory of its own."""

import pytest

from tests.gbpui import release


@pytest.fixture(scope='session', params=release.RELEASES)
def gbpui(request):
    """A directory that holds one release, for a process's PYTHONPATH."""
    return release.install(request.param)


@pytest.fixture(scope='session')
def seen(gbpui, tmp_path_factory):
    """A Horizon with that release and the optional enabled file."""
    return release.look(gbpui, tmp_path_factory.mktemp('with') / 'enabled')


@pytest.fixture(scope='session')
def seen_without(gbpui, tmp_path_factory):
    """A Horizon with that release alone, which cannot load there."""
    return release.look(gbpui, tmp_path_factory.mktemp('without') / 'enabled', with_names=False)
