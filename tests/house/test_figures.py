# SPDX-License-Identifier: Apache-2.0
"""A figure in the documentation is the one in the code."""

import math
import re

import pytest

from tests.house.source import ROOT

# (document, its words with %s for the figure, file of the code, constant, what one in the document is of the constant)
FIGURES = [
    ('usage', 'more than %s words the first %s count', 'health/search.py', 'MAX_TERMS', 1),
    ('usage', 'the names of the first %s related resources', 'conf.py', 'MAX_CALL_IDS', 1),
    ('usage', 'a table with more than %s rows', 'conf.py', 'MAX_CALL_IDS', 1),
    ('usage', '%s ways are drawn', 'views/ways.py', 'MAX_SHOWN_WAYS', 1),
    ('usage', 'to see the next %s.', 'views/ways.py', 'MAX_LISTED_WAYS', 1),
    ('usage', 'more than %s groups cells lose their names', 'health/map.py', 'MAX_NAMED_CELLS', 1),
    ('operations', 'only after %s times as long', 'service/costs.py', 'COOLDOWN_FACTOR', 1),
    ('operations', 'exceeds %s MB', 'service/transport.py', 'MAX_ANSWER_BYTES', 2**20),
    ('operations', 'it waits %s seconds at most', 'service/projects.py', 'LIMIT_SECONDS', 1),
    ('operations', 'tries again after %s seconds', 'service/projects.py', 'UNKNOWN_TTL_SECONDS', 1),
    ('operations', 'tries again after %s seconds', 'service/extensions.py', 'UNKNOWN_TTL_SECONDS', 1),
    ('operations', 'one cheap call every %s seconds', 'service/connection.py', 'TOKEN_PROOF_TTL_SECONDS', 1),
    ('operations', 'kept in up to %s items', 'caching/store.py', 'MAX_PARTS', 1),
    ('operations', 'limit of %s MB an item', 'caching/store.py', 'MAX_ENTRY_BYTES', 10**6),
    ('operations', 'deleted after %s seconds', 'caching/entries.py', 'ANSWER_TTL_SECONDS', 1),
    ('operations', 'came more than %s seconds ago is no answer', 'caching/entries.py', 'ANSWER_TTL_SECONDS', 1),
    ('operations', 'if more than %s resources', 'conf.py', 'MAX_CALL_IDS', 1),
    ('operations', 'A table has %s rows a page at most', 'health/query.py', 'MAX_PAGE_ROWS', 1),
    ('details', 'Nothing older than %s seconds is an answer', 'caching/entries.py', 'ANSWER_TTL_SECONDS', 1),
    ('details', 'only after %s times as long', 'service/costs.py', 'COOLDOWN_FACTOR', 1),
    ('details', 'with at most %s ids', 'conf.py', 'MAX_CALL_IDS', 1),
    ('details', '%s ids at most in a request line', 'conf.py', 'MAX_POLL_IDS', 1),
    ('details', 'worst first: %s at most', 'health/ways/party_ways.py', 'MAX_JUDGED_WAYS', 1),
    ('details', '%s of each resource', 'model/history.py', 'MAX_CHANGES', 1),
    ('details', 'a project of %s resources', 'health/sightings.py', 'MAX_SIGHTINGS', 1),
    ('details', 'and %s changes at most', 'health/sightings.py', 'MAX_PROJECT_CHANGES', 1),
    ('architecture', 'only after %s times as long', 'service/costs.py', 'COOLDOWN_FACTOR', 1),
    ('operations', 'at most %s MB of badges', 'views/badges.py', 'CACHE_BYTES', 10**6),
    ('operations', '%s MB of answers', 'caching/store.py', 'MAX_LOCAL_BYTES', 10**6),
    ('operations', 'in %s entries', 'caching/store.py', 'MAX_LOCAL_ENTRIES', 1),
    ('operations', 'is removed every %s seconds', 'caching/store.py', 'SWEEP_INTERVAL_SECONDS', 1),
    ('operations', 'extensions is kept for %s seconds', 'service/extensions.py', 'TTL_SECONDS', 1),
    ('monitoring', '%s seconds by default', 'management/report_options.py', 'READ_SECONDS', 1),
    ('monitoring', 'and %s with ``--watch``', 'management/report_options.py', 'WATCH_SECONDS', 1),
    ('usage', 'Recovered in the last %s hours', 'model/history.py', 'RECENT_SECONDS', 3600),
]

# (document, words that spell the figure, file of the code, constant, figure)
SPELLED = [
    ('details', 'counts up to ten minutes', 'transport.js', 'MAX_RETRY_MS', 600_000),
    ('details', 'the delay up to 60 s, and the page says it', 'schedule.js', 'MAX_FAILURE_INTERVAL_MS', 60_000),
    ('usage', 'the page then asks once a minute', 'poller.js', 'HIDDEN_DELAY_MS', 60_000),
    ('usage', 'for a day, for a week', 'mutes.js', 'DAY_MS', 86_400_000),
    ('operations', 'leaves the cache alone for five seconds', 'caching/store.py', 'CACHE_COOLDOWN_SECONDS', 5),
    ('operations', 'a minute in each process', 'logs.py', 'LOG_INTERVAL_SECONDS', 60),
    ('operations', 'for again after three times as long as it took', 'caching/answers.py', 'BACKOFF_FACTOR', 3),
    ('operations', 'with three times as long to answer', 'service/costs.py', 'TIME_LIMIT_FACTOR', 3),
    ('operations', 'to answer, up to a minute', 'service/costs.py', 'MAX_LIST_SECONDS', 60),
    ('operations', 'that is remembered for a day', 'caching/entries.py', 'SLOW_LIST_TTL_SECONDS', 86_400),
]


@pytest.mark.parametrize(('document', 'words', 'file', 'constant', 'unit'), FIGURES)
def test_a_figure_is_that_of_the_code(document, words, file, constant, unit):
    assert words.replace('%s', f'{_value(file, constant) // unit:,}') in _text(document)


@pytest.mark.parametrize(('document', 'words', 'file', 'constant', 'figure'), SPELLED)
def test_a_figure_in_words_is_that_of_the_code(document, words, file, constant, figure):
    assert words in _text(document)
    assert _value(file, constant) == figure


def _text(document):
    return ' '.join((ROOT / 'docs' / (document + '.rst')).read_text(encoding='utf-8').split())


def _value(file, constant):
    """Return the number that a constant of Python or a script has; it is a product of integers."""
    places = [ROOT / 'gbp_status_ui' / file, ROOT / 'static' / 'gbp_status_ui' / 'js' / file]
    (text,) = [path.read_text(encoding='utf-8') for path in places if path.exists()]
    lines = re.findall(r'^ *(?:const )?([A-Z][A-Z_, ]*)(?:: \w+)? = ([\d_*, ]+);?$', text, re.MULTILINE)
    values = {name: value for names, some in lines for name, value in zip(names.split(', '), some.split(', '))}
    return math.prod(int(factor) for factor in values[constant].split('*'))
