# SPDX-License-Identifier: Apache-2.0
"""Control characters and half surrogates of services reach no answer."""

import pytest

from gbp_status_ui.health.dependants import kinds_above
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views import fragments
from gbp_status_ui.views import ways

from tests import markup
from tests.clients import Client
from tests.unit import addresses
from tests.unit import population
from tests.unit import sessions
from tests.unit.viewing import said
from tests.unit.viewing import UNFIT

GROUPS = 'policy_target_groups'
#: The expression of AngularJS that a browser makes of it, and other characters that a text may not have.
TEXT = '{\0$ 6*7 $\0} {$ 6*7 $} {{ 6*7 }} \x1b[31m \x7f \x85 \x9b \ud800'
TABS = [f'gbp_status_tabs__{tab.slug}' for tab in registry.TABS]


@pytest.fixture(params=[scope.PROJECT, scope.ADMIN], ids=['project', 'admin'])
def panel(request):
    return request.param


@pytest.fixture
def hostile(gbp, monkeypatch):
    """Every text of the service but ids is TEXT; return {collection: [ids]}."""
    population.fill(gbp, 2, project='admin', status='ERROR')
    plain = gbp._answer

    def answer(asked, token):
        found = plain(asked, token)
        return found if asked.path == '/extensions' else _spoken(found)

    monkeypatch.setattr(gbp, '_answer', answer)
    return {collection: list(rows) for collection, rows in gbp._rows.items()}


def _spoken(value):
    if isinstance(value, dict):
        kept = ('id', 'tenant_id', 'project_id')
        return {name: one if name in kept or name.endswith('_id') else _spoken(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_spoken(one) if isinstance(one, dict) else one for one in value]
    return TEXT if isinstance(value, str) else value


def nothing_depends_on(panel, ids):
    """The addresses of the parts of a resource of a kind that nothing is built from, and that is no end of ways."""
    ends = [kind.collection for kind in registry.KINDS if ways.NAME not in fragments.of(kind) and not kinds_above(kind)]
    return [panel.url('fragments', collection, ids[collection][0]) for collection in ends]


@pytest.mark.slow
def test_no_text_of_gbp_passes_as_it_is(hostile, panel, administrator):
    texts = {address: said(administrator.get(address)) for address in addresses.of(panel, hostile)}

    assert [address for address, text in texts.items() if UNFIT.search(text)] == []
    silent = {address for address, text in texts.items() if '\N{REPLACEMENT CHARACTER}' not in text}
    assert silent == set(nothing_depends_on(panel, hostile))


def test_no_name_of_a_project_passes_as_it_is(gbp, administrator, keystone_projects):
    keystone_projects['demo'] = TEXT
    gbp.make(GROUPS, 'web', status='ERROR')
    address = scope.ADMIN.url('index')
    for text in (
        said(administrator.get(address, {'tab': TABS[0]})),
        said(administrator.get(scope.ADMIN.url('lines'), {'kind': 'problems'})),
    ):
        assert '{\N{REPLACEMENT CHARACTER}$ 6*7' in text
        assert not UNFIT.search(text)


def test_no_word_of_the_session_passes_as_it_is(gbp, monkeypatch):
    """Horizon keeps in it what Keystone said of the project and what the region is called."""
    group = gbp.make(GROUPS, 'web', status='ERROR')
    monkeypatch.setattr(sessions, 'REGION', 'Region\0One')
    member = sessions.MEMBER.log_in(Client())
    session = member.session
    session['token'].project['name'] = 'de\0mo'
    session.save()
    text = member.get(scope.PROJECT.url('explanation', GROUPS, group)).content.decode()

    assert 'de\N{REPLACEMENT CHARACTER}mo (demo)' in text
    assert 'Region\N{REPLACEMENT CHARACTER}One' in text
    assert not UNFIT.search(text)


def test_no_error_of_a_service_passes_as_it_is(gbp, member, caplog):
    gbp.fail(GROUPS, (500, b'{"NeutronError": {"type": "a", "message": "b\\u0000\\nc", "detail": ""}}'))
    page = member.get(scope.PROJECT.url('index'), {'tab': TABS[0]}).content.decode()

    assert not UNFIT.search(page)
    (line,) = [record.getMessage() for record in caplog.records if record.name.startswith('gbp_status_ui')]
    assert 'b\N{REPLACEMENT CHARACTER}' in line
    assert '\n' not in line


def test_an_answer_too_deep_to_be_looked_at_is_a_failure(gbp, member):
    gbp.fail(GROUPS, b'{"policy_target_groups": ' + b'[' * 900 + b']' * 900 + b'}')
    page = markup.page(member.get(scope.PROJECT.url('index'), {'tab': TABS[0]}))

    assert 'The network service gave no usable answer. Groups could not be read.' in ' '.join(page.text().split())
