# SPDX-License-Identifier: Apache-2.0
"""python -m tools.messages [--check]: extract and compile what is translated, or only see whether that is due."""

from pathlib import Path
import shutil
import subprocess
import sys
import tempfile

PLUGIN = Path(__file__).resolve().parent.parent / 'gbp_status_ui'
DOMAINS = ('django', 'djangojs')
EXTRACT = [
    'django-admin',
    'makemessages',
    '--verbosity',
    '0',
    '--all',
    '--keep-pot',
    '--no-obsolete',
    '--symlinks',
    '--add-location',
    'file',
]


def extract(plugin):
    (plugin / 'locale').mkdir(exist_ok=True)
    for domain in DOMAINS:
        subprocess.run([*EXTRACT, '--domain', domain], check=True, cwd=plugin)
    for path in (plugin / 'locale').rglob('*.po*'):
        drop_date(path)


def drop_date(path):
    """Drop the time of the extraction, which would make each of them a change."""
    lines = path.read_text().splitlines(keepends=True)
    path.write_text(''.join(line for line in lines if not line.startswith('"POT-Creation-Date:')))


def compile_all(plugin):
    for path in sorted((plugin / 'locale').rglob('*.po')):
        subprocess.run(['msgfmt', '--check-format', '--output-file', path.with_suffix('.mo'), path], check=True)


def template(plugin, domain):
    return plugin / 'locale' / (domain + '.pot')


def texts(path):
    """Return the messages of a template without its header and without comments."""
    if not path.exists():
        return ''
    entries = path.read_text().split('\n\n')[1:]
    return '\n'.join(line for entry in entries for line in entry.splitlines() if not line.startswith('#'))


def outdated():
    """Return the templates in the tree that lack a text or have one too many."""
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory) / PLUGIN.name
        shutil.copytree(PLUGIN, copy)
        extract(copy)
        return [domain for domain in DOMAINS if texts(template(copy, domain)) != texts(template(PLUGIN, domain))]


def main(arguments):
    if arguments != ['--check']:
        extract(PLUGIN)
        return compile_all(PLUGIN)
    stale = outdated()
    return 'Not up to date, run "make messages": %s' % ' '.join(stale) if stale else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
