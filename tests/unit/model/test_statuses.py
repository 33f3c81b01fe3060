# SPDX-License-Identifier: Apache-2.0
"""The vocabulary of states: what is read of the API's words, and what each word is to the dashboard."""

import re

from django.template.loader import render_to_string
from django.utils.functional import Promise
import pytest

from gbp_status_ui.model import statuses

from tests.settings import PLUGIN


@pytest.mark.parametrize('known', statuses.KNOWN, ids=str)
@pytest.mark.parametrize('spell', [str.upper, str.lower, str.capitalize], ids=lambda spell: spell.__name__)
def test_case_does_not_count(known, spell):
    assert statuses.read(spell(known.value)) is known


@pytest.mark.parametrize('nothing', [None, ''])
def test_no_status_is_not_reported(nothing):
    assert statuses.read(nothing) is statuses.NONE


def test_an_unknown_value_is_shown_as_it_is():
    unknown = statuses.read('Banana')

    assert (unknown.value, unknown.label, unknown.slug) == ('Banana', 'Banana', 'banana')
    assert unknown.tone not in {known.tone for known in statuses.KNOWN}


def test_what_is_being_built_is_polled_and_what_is_settled_or_unknown_is_not():
    assert statuses.BUILD.transient
    assert not any(
        state.transient for state in (statuses.ERROR, statuses.ACTIVE, statuses.NONE, statuses.read('BANANA'))
    )


def test_errors_come_first_and_the_unknown_before_what_works():
    states = [statuses.NONE, statuses.ACTIVE, statuses.read('BANANA'), statuses.BUILD, statuses.ERROR]

    assert [state.value for state in sorted(states, key=lambda state: state.severity)] == [
        'ERROR',
        'BUILD',
        'BANANA',
        'ACTIVE',
        'NONE',
    ]


def test_each_state_has_a_tone_and_an_icon_of_its_own():
    states = [*statuses.KNOWN, statuses.read('BANANA')]

    assert len({state.tone for state in states}) == len({state.icon for state in states}) == len(states)


def test_words_are_translated_when_they_are_shown():
    assert all(isinstance(text, Promise) for known in statuses.KNOWN for text in (known.label, known.sentence))


def test_the_styles_name_each_tone_and_no_other():
    styles = PLUGIN.parent / 'static' / 'gbp_status_ui' / 'scss'
    text = '\n'.join(path.read_text(encoding='utf-8') for path in styles.rglob('*.scss'))
    tones = {status.tone for status in (*statuses.KNOWN, statuses.read('BANANA'))}

    assert set(re.findall(r'\.gbp-status-tone-([\w-]+)', text)) == tones


@pytest.mark.parametrize('value', ['ERROR', 'BUILD', 'ACTIVE', None, 'BANANA'])
def test_the_badge_carries_what_the_state_says_of_itself(value):
    status = statuses.read(value)
    html = render_to_string('gbp_status_ui/_badge.html', {'resource': {'status': status}})

    said = {flag: f'data-gbp-status-{flag}' in html for flag in ('transient', 'explained', 'problem')}
    assert said == {flag: getattr(status, flag) for flag in said}


def test_what_is_broken_or_being_built_is_explained_and_what_is_broken_is_a_problem():
    values = ('ERROR', 'BUILD', 'ACTIVE', 'BANANA')
    said = {value: (statuses.read(value).explained, statuses.read(value).problem) for value in values}

    assert said == {'ERROR': (True, True), 'BUILD': (True, False), 'ACTIVE': (False, False), 'BANANA': (False, False)}
    assert not statuses.read('ACTIVE').explained


def test_each_problem_is_explained():
    assert [status.value for status in statuses.KNOWN if status.problem and not status.explained] == []


def test_long_words_are_not_remembered():
    before = statuses._read.cache_info().currsize
    read = statuses.read('BANANA' * 100)

    assert (read.value, read.severity) == ('BANANA' * 100, 20)
    assert statuses._read.cache_info().currsize == before


RULES, WITH_AIM = 'policy_rules', ('cisco-apic-gbp',)


@pytest.mark.parametrize('word', ['BUILD', 'build'])
def test_a_word_that_never_changes_is_no_state(word):
    said = statuses.read(word, RULES, WITH_AIM)

    assert (said.value, said.slug) == ('BUILD', 'none')
    assert (said.label, said.tone, said.severity) == (statuses.NONE.label, statuses.NONE.tone, statuses.NONE.severity)
    assert not any((said.transient, said.explained, said.problem))
    assert 'BUILD of every rule' in said.sentence


@pytest.mark.parametrize(
    ('word', 'collection', 'extensions', 'status'),
    [
        ('BUILD', RULES, (), statuses.BUILD),
        ('BUILD', RULES, ('cisco-apic',), statuses.BUILD),
        ('BUILD', 'policy_rule_sets', WITH_AIM, statuses.BUILD),
        ('ERROR', RULES, WITH_AIM, statuses.ERROR),
        ('ACTIVE', RULES, WITH_AIM, statuses.ACTIVE),
        (None, RULES, WITH_AIM, statuses.NONE),
    ],
)
def test_all_other_words_are_what_they_are(word, collection, extensions, status):
    assert statuses.read(word, collection, extensions) is status


def test_the_extensions_that_count_are_those_of_the_rows():
    assert statuses.extensions_of(RULES) == ['cisco-apic-gbp']
    assert statuses.extensions_of('policy_target_groups') == []


def test_a_sentence_says_no_more_than_backends_mean():
    """Cisco's AIM driver says ACTIVE above a failed bridge domain, BUILD of what it has no record of."""
    said = {status.value: str(status.sentence) for status in statuses.KNOWN}

    assert 'no more than that' in said['ACTIVE']
    assert 'can be used' not in said['ACTIVE']
    assert 'no record of it yet' in said['BUILD']
    assert 'reports an error' in said['ERROR']
    assert 'reports no status' in said['NONE']
