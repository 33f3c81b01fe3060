// SPDX-License-Identifier: Apache-2.0
// Which answers are for this page, and what the page does about the others.
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';

import { load, settled } from './scripts.mjs';

const ROOT = { dataset: { gbpStatusScope: 'here' } };

describe('session', () => {
  function session() {
    const location = { href: 'http://horizon/here/', pathname: '/here/', search: '?a', hash: '', assign: mock.fn() };
    const moved = { hidden: true };
    const refused = { hidden: true };
    const gbpStatus = load(['dom', 'session']);
    gbpStatus.dom.find = (_, what) => ({ moved, refused }[what] || { dataset: { gbpStatusLoginUrl: '/auth/login/' } });
    return { moved, refused, location, ...gbpStatus.session({ root: ROOT, window: { location } }) };
  }

  [401, 403].forEach(status => {
    it('stays where somebody else answers ' + status, async () => {
      const { check, location } = session();
      assert.equal(check({ status, location: null }), false);
      assert.equal(location.assign.mock.callCount(), 0);
    });
  });

  it('goes to the login where Horizon leads there, and returns here', async () => {
    const { check, location } = session();
    assert.equal(check({ status: 401, location: '/auth/login/?next=/poll/' }), true);
    await settled();
    assert.deepEqual(location.assign.mock.calls[0].arguments, ['http://horizon/auth/login/?next=%2Fhere%2F%3Fa']);
  });

  it('goes to the login of its own origin, whatever host a proxy passes on', () => {
    const { check, location } = session();
    assert.equal(check({ status: 401, location: 'http://10.0.0.5:8080/auth/login/?next=/poll/' }), true);
    assert.deepEqual(location.assign.mock.calls[0].arguments, ['http://horizon/auth/login/?next=%2Fhere%2F%3Fa']);
  });

  it('offers the login where the network service does not accept that of the session, until it does', () => {
    const { check, refused, location } = session();
    assert.equal(check({ status: 503, scope: 'here', reason: 'login' }), false);
    assert.deepEqual([refused.hidden, refused.href], [false, 'http://horizon/auth/login/?next=%2Fhere%2F%3Fa']);
    assert.equal(check({ status: 200, scope: 'here' }), false);
    assert.deepEqual([refused.hidden, location.assign.mock.callCount()], [true, 0]);
  });

  it('does not follow a redirect to anywhere else', () => {
    assert.equal(session().check({ status: 200, location: 'http://portal/welcome/' }), false);
  });

  it('says that the session has moved on, until an answer is for this page again', () => {
    const { check, moved } = session();
    assert.equal(check({ status: 200, scope: 'there' }), true);
    assert.equal(moved.hidden, false);
    assert.equal(check({ status: 0 }), false);
    assert.equal(moved.hidden, false);
    assert.equal(check({ status: 200, scope: 'here' }), false);
    assert.equal(moved.hidden, true);
  });
});
