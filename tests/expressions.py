# SPDX-License-Identifier: Apache-2.0
"""Expressions of AngularJS as a tenant, a backend or a link may bring them; nothing in a page may evaluate one."""

NUL = '\0'
#: Characters that a parser may drop, or an eye may not see.
OTHERS = ('\x01', '\x08', '\x0b', '\x0c', '\x1b', '\x1f', '\x7f', '\x80', '\x85', '\x9f', '\xad', '\u2028', '\u2029')
UNSEEN = ('\u200b', '\u2060', '\ufeff')
HALF = '\ud800'


def disguised(char, name):
    """Return the expression with a character in each place of its delimiters, and of itself; it notes the name."""
    delimiters = [
        (f'{{{char}$', f'${char}}}'),
        (f'{{{char}$', '$}'),
        ('{$', f'${char}}}'),
        (f'{char}{{$', f'$}}{char}'),
        (f'{{${char}', f'{char}$}}'),
        (f'{{{char}{char}$', f'${char}{char}}}'),
    ]
    return ' '.join(
        f'{opening}{_noting(f"{name}{number}")}{closing}' for number, (opening, closing) in enumerate(delimiters)
    )


def plain():
    """Return expressions in the delimiters of Horizon, of AngularJS and of others."""
    return ' '.join(
        f'{opening}{_noting(f"p{opening}")}{closing}' for opening, closing in (('{$', '$}'), ('{{', '}}'), ('[[', ']]'))
    )


def _noting(where):
    """An expression that leaves a trace; without capitals and commas, for an address has none of a state."""
    return f'constructor.constructor("(window.owned=window.owned||[]).push(\'{where}\')")()'


#: {name: text} of what a service may say; a text that does not parse hides no other, so NUL stands alone.
SAID = {
    'nul': disguised(NUL, 'n'),
    'plain': plain(),
    'others': ' '.join(disguised(char, 'o') for char in (*OTHERS, *UNSEEN, HALF)),
}
#: {name: what stands in each of these texts, wherever it is shown}.
MARKS = {name: f"push('{name[0]}" for name in SAID}
#: {name: texts} of what the parameters of an address may hold in turn; it has a limit, and no half surrogates.
SENT = {
    'nul': [disguised(NUL, 'n')],
    'plain': [plain()],
    'others': [disguised(char, 'o') for char in OTHERS[1::2]],
}
