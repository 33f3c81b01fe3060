# SPDX-License-Identifier: Apache-2.0
"""Names and texts that break a page which trusts them; the backend writes details, and users choose names."""

NAMES = (
    '<img src=x onerror="window.owned = true">',
    '</script><script>window.owned = true</script>',
    '"double" \'single\' `back`',
    '\U0001f525 \u202b\u05e9\u05d2\u05d9\u05d0\u05d4\u202c',
    '{{ 7|add:7 }} {% debug %}',
    '</template></td></table><h1>owned</h1>',
    '=1+1',
)
NAME = ' '.join(NAMES)
DETAILS = ('\n'.join(NAMES) + ' ').ljust(4096, '.')


def require_none(document):
    """Nothing of NAMES and DETAILS has become markup of a document of tests/markup.py."""
    assert not document.query('[onerror]')
    assert not [script for script in document.query('script') if 'window.owned' in script.html()]
    assert 'owned' not in [heading.text().strip() for heading in document.query('h1')]
