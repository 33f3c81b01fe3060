# SPDX-License-Identifier: Apache-2.0
"""What the drivers report: entries set by hand before the scripted life, and files that are replaced meanwhile."""

import json

from gbp_demo import statuses
from gbp_demo.state_file import StateFile
import pytest

RESOURCE = {'id': '1f', 'name': 'some-group'}


@pytest.fixture
def write(tmp_path):
    def _write(name, content):
        fresh = tmp_path / 'fresh'
        fresh.write_text(content if isinstance(content, str) else json.dumps(content))
        fresh.replace(tmp_path / name)

    return _write


@pytest.fixture
def known(tmp_path):
    return statuses.Statuses(str(tmp_path))


def test_all_work_while_the_cloud_is_seeded_or_bare(known):
    assert known.of([RESOURCE], None) == ('ACTIVE', '')


@pytest.mark.parametrize('key', ['1f', 'some-group', '*'])
def test_an_entry_is_found_by_id_by_name_and_by_default(known, write, key):
    write('lifecycle.json', {key: ['ERROR', 'broken']})
    assert known.of([RESOURCE], 'ACTIVE') == ('ERROR', 'broken')


def test_an_entry_of_its_own_comes_before_the_default(known, write):
    write('lifecycle.json', {'*': ['ERROR', ''], 'some-group': [None, None]})
    assert known.of([RESOURCE], 'ACTIVE') == (None, None)


def test_a_node_speaks_for_a_chain_without_an_entry(known, write):
    write('lifecycle.json', {'fw': ['ERROR', 'no image'], '*': ['BUILD', '']})
    assert known.of([RESOURCE, {'id': '2e', 'name': 'fw'}], 'ACTIVE') == ('ERROR', 'no image')


def test_a_change_is_seen_at_the_next_read(known, write):
    write('lifecycle.json', {'*': ['BUILD', '']})
    known.of([RESOURCE], None)
    write('lifecycle.json', {'*': ['ERROR', '']})
    assert known.of([RESOURCE], None) == ('ERROR', '')


@pytest.mark.parametrize('broken', ['', '{"*": ["ERR', '["ERROR"]'])
def test_a_broken_file_leaves_the_last_good_entries(known, write, broken, caplog):
    write('lifecycle.json', {'*': ['BUILD', 'x']})
    known.of([RESOURCE], None)
    write('lifecycle.json', broken)
    assert known.of([RESOURCE], None) == ('BUILD', 'x')
    assert 'kept as it was' in caplog.text


def test_an_entry_of_the_wrong_form_is_logged_and_passed_over(known, write, caplog):
    write('lifecycle.json', {'some-group': 'ERROR', '*': ['BUILD', '']})
    assert known.of([RESOURCE], None) == ('BUILD', '')
    assert 'some-group' in caplog.text


def test_a_removed_file_ends_what_was_set(known, write, tmp_path):
    write('lifecycle.json', {'*': ['BUILD', '']})
    known.of([RESOURCE], None)
    (tmp_path / 'lifecycle.json').unlink()
    assert known.of([RESOURCE], None) == ('ACTIVE', '')


def test_the_life_counts_from_the_epoch(known, write):
    write('life.json', {'epoch': 1000})
    scripted = {'id': '3d', 'name': 'search-api'}
    assert known.of([scripted], 'ACTIVE', now=1001)[0] == 'BUILD'
    assert known.of([scripted], 'ACTIVE', now=1060)[0] == 'ACTIVE'


def test_a_resource_that_is_made_meanwhile_is_deployed_first(known, write):
    write('life.json', {'epoch': 1000})
    assert known.of([RESOURCE], None, now=2000)[0] == 'BUILD'
    assert known.of([RESOURCE], 'BUILD', now=2005)[0] == 'BUILD'
    assert known.of([RESOURCE], 'BUILD', now=2010)[0] == 'ACTIVE'


def test_a_resource_that_had_a_status_before_is_no_newcomer(known, write):
    write('life.json', {'epoch': 1000})
    assert known.of([RESOURCE], 'ACTIVE', now=2000) == ('ACTIVE', '')


def test_a_state_file_that_one_thread_is_reading_is_no_other_for_the_next(tmp_path, monkeypatch):
    """What has been set counts for each call that begins after it."""
    path = tmp_path / 'a.json'
    state = StateFile(str(path))
    assert state.read() == {}
    path.write_text('{"a": 1}')
    load, meanwhile = StateFile._load, []

    def read_meanwhile(self):
        if not meanwhile:
            meanwhile.append(None)
            meanwhile.append(self.read())
        return load(self)

    monkeypatch.setattr(StateFile, '_load', read_meanwhile)

    assert (state.read(), meanwhile[1]) == ({'a': 1}, {'a': 1})


def test_a_state_file_is_not_read_again_while_it_stays(tmp_path, monkeypatch):
    (tmp_path / 'a.json').write_text('{"a": 1}')
    state = StateFile(str(tmp_path / 'a.json'))
    state.read()
    monkeypatch.setattr(json, 'load', None)
    assert state.read() == {'a': 1}
