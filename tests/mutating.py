# SPDX-License-Identifier: Apache-2.0
"""JSON values that are changed as a whole, as hypothesis draws it: any node, any key, any row, any container."""

import copy
import dataclasses
import json

from hypothesis import strategies as st

#: What may stand in the place of any value.
SCALARS = (
    None, True, False, 0, -1, 5, 1.5, 10**30, float('nan'), float('inf'), '', ' ', 'text', 'a/b', '..', '\0', '\ud800',
    '{\0$ 7*7 $\0}', '<b>"\'&', 'ACTIVE', 'error', 'demo', 'ä\u202e\n\r', 'x' * 20_000, '9' * 5000,
)  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(['id', 'name', 'a', '']), inner),
    max_leaves=4,
)
#: What may become of the bytes of an answer.
DAMAGES = {
    'cut': lambda sent: sent[: len(sent) // 2],
    'nothing': lambda _sent: b'',
    'mark': lambda sent: b'\xef\xbb\xbf' + sent,
    'no text': lambda sent: sent + b'\xff\xfe',
    'utf-16': lambda sent: sent.decode().encode('utf-16'),
    'twice': lambda sent: sent + sent,
    'deep': lambda _sent: b'[' * 3000,
    'long number': lambda _sent: b'9' * 5000,
    'html': lambda _sent: b'<html>{"a": 1}</html>',
}


@dataclasses.dataclass(frozen=True)
class Change:
    """What is done to one node: the one that ``place`` counts up to, from the start again beyond the last."""

    place: int
    act: str
    value: object
    other: int


#: {name: a function of the node's container, its key there, a value, and another node of the answer}.
ACTS = {
    'replace': lambda container, key, value, _other: _put(container, key, value),
    'drop': lambda container, key, _value, _other: container.pop(key),
    'double': lambda container, key, _value, _other: _add(container, key, copy.deepcopy(container[key])),
    'put into a list': lambda container, key, _value, _other: _put(container, key, [container[key]]),
    'put into a dict': lambda container, key, _value, _other: _put(container, key, {'a': container[key]}),
    'take out': lambda container, key, _value, _other: _put(container, key, _first(container[key])),
    'exchange containers': lambda container, key, _value, _other: _put(container, key, _exchanged(container[key])),
    'add': lambda container, key, value, _other: _add(container, key, value),
    'graft': lambda container, key, _value, other: _put(container, key, copy.deepcopy(other)),
}

CHANGES = st.builds(Change, st.integers(0, 10_000), st.sampled_from(sorted(ACTS)), VALUES, st.integers(0, 10_000))


def changed(value, changes):
    """Return a JSON value with the changes done one after the other; the value itself stays as it is."""
    # The root has a container, too.
    holder = [copy.deepcopy(value)]
    for change in changes:
        places = list(_places(holder))
        if not places:
            break
        container, key = places[change.place % len(places)]
        other_container, other_key = places[change.other % len(places)]
        ACTS[change.act](container, key, copy.deepcopy(change.value), other_container[other_key])
    return holder[0] if holder else None


def encoded(value, damage=None):
    """Return a JSON value as the bytes of an answer."""
    sent = json.dumps(value).encode()
    return DAMAGES[damage](sent) if damage else sent


def _places(container):
    """Yield (container, key) of each node, from the outermost to the innermost of each."""
    for key in list(container) if isinstance(container, dict) else range(len(container)):
        yield container, key
        if isinstance(container[key], (dict, list)):
            yield from _places(container[key])


def _put(container, key, value):
    container[key] = value


def _add(container, key, value):
    if isinstance(container, list):
        container.insert(key, value)
    else:
        container[f'{key} '] = value


def _first(value):
    if isinstance(value, dict):
        value = list(value.values())
    return next(iter(value), None) if isinstance(value, list) else value


def _exchanged(value):
    if isinstance(value, dict):
        return list(value.values())
    return {str(number): one for number, one in enumerate(value)} if isinstance(value, list) else value
