# SPDX-License-Identifier: Apache-2.0
"""What changed is announced once a poll, in few words, to those who do not see it (WCAG 4.1.3)."""

from playwright.sync_api import expect

from tests.browser.backend import BUILD
from tests.browser.backend import ERROR

SAID = """region => {
  window.announced = [];
  new MutationObserver(() => { window.announced.push(region.textContent); }).observe(region, {childList: true});
}"""


def test_few_changes_are_said_by_name(board, backend):
    backend.report({'web-frontend': BUILD, 'cart-service': BUILD})
    board.open()
    backend.report({'cart-service': ERROR})
    board.poll_until_state('web-frontend', 'ACTIVE')
    expect(board.live).to_have_attribute('role', 'status')
    announced = set(board.live.inner_text().split(', '))
    assert announced == {'web-frontend: Active', 'cart-service: Error'}


def test_many_changes_are_counted(board, backend):
    backend.report({}, rest=BUILD)
    board.open()
    rows = board.page.locator('tr .gbp-status-badge').count()
    backend.report({'cart-service': ERROR})
    board.poll_until_state('cart-service', 'ERROR')
    announced = set(board.live.inner_text().split(', '))
    assert announced == {f'{rows - 1} now Active', '1 now Error'}


def test_one_poll_is_one_message_and_no_change_is_none(board, backend):
    backend.report({'web-frontend': BUILD, 'cart-service': BUILD})
    board.open()
    board.live.evaluate(SAID)
    for _ in range(3):
        board.poll()
    assert [text for text in board.page.evaluate('window.announced') if text] == []
    backend.report({'cart-service': BUILD})
    board.poll_until_state('web-frontend', 'ACTIVE')
    assert [text for text in board.page.evaluate('window.announced') if text] == ['web-frontend: Active']


def test_the_same_words_are_said_again(board, backend):
    backend.report({'checkout-queue': BUILD})
    board.open()
    board.live.evaluate(SAID)
    for _ in range(2):
        backend.report({})
        board.poll_until_state('checkout-queue', 'ACTIVE')
        backend.report({'checkout-queue': BUILD})
        while board.badge('checkout-queue').get_attribute('data-gbp-status') != 'BUILD':
            board.read_again()
    announced = [text for text in board.page.evaluate('window.announced') if text]
    assert announced == ['checkout-queue: Active', 'checkout-queue: Building'] * 2


def test_a_failure_is_said_once(board, backend):
    backend.report({'web-frontend': BUILD})
    board.open()
    board.live.evaluate(SAID)
    board.page.route('**/statuses/?*', lambda route: route.abort())
    for _ in range(3):
        board.poll()
    announced = [text for text in board.page.evaluate('window.announced') if text]
    assert announced == ['The statuses cannot be read at the moment.']
