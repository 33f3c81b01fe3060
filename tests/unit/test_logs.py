# SPDX-License-Identifier: Apache-2.0
"""Lines of the log, as a Horizon with the LOGGING of its own example writes them, and what must not stand in them."""

import logging
from pathlib import Path
import re
import subprocess
import sys
import threading

import pytest

import openstack_dashboard

from gbp_status_ui import logs

from tests import settings

OPERATIONS = settings.PLUGIN.parent / 'docs' / 'operations.rst'
LOG = logging.getLogger('gbp_status_ui.somewhere')
EXAMPLE = Path(openstack_dashboard.__file__).parent / 'local' / 'local_settings.py.example'
#: Sets up the LOGGING of Horizon's example, changed by the first argument, and writes three lines.
SCRIPT = """
import logging.config, sys
from gbp_status_ui import logs
example = open(sys.argv[1]).read()
settings = {'DEBUG': False}
exec(example[example.index('LOGGING = {'):].partition('\\n}\\n')[0] + '\\n}\\n', settings)
exec(sys.argv[2], settings)
logging.config.dictConfig(settings['LOGGING'])
logs.add_last_resort()
logs.add_last_resort()
log = logging.getLogger('gbp_status_ui.service.failure_log')
log.info('not important')
log.warning('%s is down', 'GBP')
exec(sys.argv[3])
"""
LINE = 'WARNING gbp_status_ui.service.failure_log GBP is down\n'
OWN = "LOGGING['loggers']['%s'] = {'handlers': ['console'], 'level': '%s'}"


def written(change='', afterwards=''):
    """Return what a process writes with the LOGGING of Horizon's example and a change of it."""
    command = [sys.executable, '-c', SCRIPT, str(EXAMPLE), change, afterwards]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stderr


def test_the_documentation_has_the_lines_as_they_are():
    """A row of its table has the beginning of a line, and a mark for what differs."""
    found = re.findall(r'^``(.+?)`` +(?:WARNING|ERROR|INFO) ', OPERATIONS.read_text(encoding='utf-8'), re.MULTILINE)
    sources = ' '.join(path.read_text(encoding='utf-8') for path in settings.PLUGIN.rglob('*.py'))
    of_services = ['GBP did not answer: …', 'Keystone did not answer: projects at …']

    assert found[:2] == of_services
    assert '%s did not answer: %s at %s' in sources
    assert len(found) > len(of_services)
    for line in found[2:]:
        assert max(re.split('…|GBP_STATUS_UI', line), key=len) in sources


@pytest.fixture
def clock(monkeypatch):
    """The monotonic clock; a test sets its attribute ``now``."""

    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    found = Clock()
    monkeypatch.setattr(logs, 'time', found)
    return found


@pytest.mark.parametrize('change', ['', "LOGGING = {'version': 1}"], ids=['the example', 'none'])
def test_a_line_has_a_level_and_a_logger_where_the_operator_has_set_up_none(change):
    assert written(change) == LINE


@pytest.mark.releases
@pytest.mark.parametrize('logger', ['gbp_status_ui', 'gbp_status_ui.service', ''])
def test_a_line_is_written_once_where_the_operator_has_a_handler_for_it(logger):
    assert written(OWN % (logger, 'WARNING')) == LINE


def test_a_handler_of_the_operator_decides_on_level_and_format():
    change = OWN % ('gbp_status_ui', 'INFO') + "\nLOGGING['formatters']['console']['format'] = '%(message)s'"
    assert written(change) == 'not important\nGBP is down\n'


def test_an_operator_may_silence_the_plugin():
    assert written("LOGGING['loggers']['gbp_status_ui'] = {'handlers': ['null']}") == ''


def test_a_logger_that_passes_nothing_on_has_nobody_else_to_write_its_lines():
    assert (
        written(
            "LOGGING['loggers']['gbp_status_ui'] = {'propagate': False}\nLOGGING['root'] = {'handlers': ['console']}"
        )
        == LINE
    )


def test_a_handler_that_comes_later_takes_the_lines_over():
    later = "logging.basicConfig(format='later %(message)s')\nlog.warning('GBP is up')"
    assert written(afterwards=later) == LINE + 'later GBP is up\n'


@pytest.mark.releases
def test_django_has_added_the_last_resort():
    found = [handler for handler in logging.getLogger('gbp_status_ui').handlers if isinstance(handler, logs.LastResort)]
    assert len(found) == 1


def test_a_line_names_the_file_that_has_logged_it(caplog):
    logs.once_a_minute(LOG.warning, 'fault', 'It fails')
    assert caplog.records[0].pathname == __file__


def test_the_same_fault_is_one_line_a_minute_and_the_next_one_counts(caplog, clock):
    for kind in ('nat_pools', 'l3_policies', 'l3_policies', 'nat_pools'):
        logs.once_a_minute(LOG.warning, 'fault', 'It fails for %s', kind, kind=kind)
    clock.now += logs.LOG_INTERVAL_SECONDS
    logs.once_a_minute(LOG.warning, 'fault', 'It fails for %s', 'nat_pools', kind='nat_pools')
    clock.now += logs.LOG_INTERVAL_SECONDS
    logs.once_a_minute(LOG.warning, 'fault', 'It fails for %s', 'nat_pools', kind='nat_pools')

    assert caplog.messages == [
        'It fails for nat_pools',
        'It fails for nat_pools (and 3 more of l3_policies, nat_pools since the last such line)',
        'It fails for nat_pools',
    ]


@pytest.mark.parametrize(('number', 'said'), [(0, ''), (1, ' of 0'), (5, ' of 0, 1, 2, 3, 4'), (6, ' of 6 kinds')])
def test_few_kinds_are_named_and_many_are_counted(number, said):
    faults = logs._Occurrences(0, more=9, kinds=set(map(str, range(number))))
    assert faults.others == f' (and 9 more{said} since the last such line)'


def test_another_fault_and_another_line_are_of_their_own(caplog, clock):
    for fault, line in (('a', 'It fails'), ('b', 'It fails'), ('a', 'It fails again'), ('a', 'It fails')):
        logs.once_a_minute(LOG.warning, fault, line)

    assert caplog.messages == ['It fails', 'It fails', 'It fails again']


def test_faults_are_remembered_up_to_a_number(caplog, clock):
    for number in range(logs.MAX_FAULTS + 1):
        logs.once_a_minute(LOG.warning, number, 'It fails')
    assert len(logs._faults()._occurrences) == logs.MAX_FAULTS
    logs.once_a_minute(LOG.warning, logs.MAX_FAULTS, 'It fails')
    assert len(caplog.messages) == logs.MAX_FAULTS + 1
    logs.once_a_minute(LOG.warning, 0, 'It fails')

    assert len(caplog.messages) == logs.MAX_FAULTS + 2


def test_threads_that_note_at_once_write_one_line():
    faults, together, said = logs._Faults(), threading.Barrier(8), []

    def note():
        together.wait()
        said.extend(faults.note('fault', 'nat_pools') for _ in range(50))

    threads = [threading.Thread(target=note) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [more for more in said if more is not None] == ['']
    assert faults._occurrences['fault'].more == 8 * 50 - 1


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        ('plain', 'plain'),
        ('http://host/a?id=1&id=2 (refused)', 'http://host/a?… (refused)'),
        ('http://user:word@host:1/a', 'http://host:1/a'),
        ('http://us@er:word@host', 'http://host'),
        ('http://host/a/user@realm', 'http://host/a/user@realm'),
        ('redis://:word@host:6379/0', 'redis://host:6379/0'),
        ("token 'gAAAAABoBEGINNING-of_a-token==', b", "token '…', b"),
        ('half a token: gAAAAABoBEGINNIN', 'half a token: …'),
        ('gAAAAAB is none', 'gAAAAAB is none'),
    ],
    ids=str,
)
def test_no_secret_is_said(text, said):
    assert logs.quoted(text, 'gAAAAABoBEGINNING-of_a-token==') == repr(said)


@pytest.mark.parametrize('odd', ['\n', '\r\n', '\x00', '\x1b[31m', '\x85', '\u2028', '\u202e', '\ud800'], ids=ascii)
def test_a_text_stays_on_its_line(odd):
    assert logs.quoted(f'one{odd}WARNING two').isprintable()
    assert logs.described(ValueError(f'one{odd}WARNING two')).isprintable()


def test_a_text_is_short_and_its_secret_gone_before_it_is_cut():
    assert logs.quoted('x' * 192 + ' http://user:word@host') == repr('x' * 192 + ' http://')
