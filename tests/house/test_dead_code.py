# SPDX-License-Identifier: Apache-2.0
"""The package holds no dead code: something in it, a template or a framework uses every name."""

import re

import pytest
import vulture

from tests.house import source

# Files whose names Horizon or group-based-policy-ui look for.
READ_BY_OTHERS = ('/enabled/', '/local_settings.d/', '/gbpui/launch_steps.py', '/gbpui/removed_names.py')
# What Django, Horizon and the clients look for.
OF_FRAMEWORKS = {
    'ConnectionCls',
    'GbpStatus',
    'GbpStatusConfig',
    '_get_conn',
    '_put_conn',
    'app_configs',
    'clone',
    'extra_groups',
    'generate_or_read_from_file',
    'get_empty_message',
    'get_rows',
    'handle',
    'help',
    'page_title',
    'policy_rules',
    'pool_classes_by_scheme',
    'readable',
    'ready',
    'requires_system_checks',
    'response_class',
    'template_name',
    'must_create',
    'save',
    'urlpatterns',
}


@pytest.fixture(scope='module')
def unused():
    """The (file, name) pairs that no Python of the package uses."""
    found = vulture.Vulture()
    found.scavenge([str(source.PLUGIN)])
    names = [(source.name(item.filename), item.name) for item in found.get_unused_code()]
    return [(path, name) for path, name in names if not any(place in path for place in READ_BY_OTHERS)]


def words_of_templates():
    texts = [path.read_text() for path in source.files('.html', '.txt', below=['templates'])]
    return set(re.findall(r'\w+', ' '.join(texts)))


def test_all_code_is_used(unused):
    used = words_of_templates() | OF_FRAMEWORKS

    assert [(path, name) for path, name in unused if name not in used] == []


def test_no_name_is_excepted_that_is_used_or_gone(unused):
    assert OF_FRAMEWORKS - {name for _path, name in unused} == set()
