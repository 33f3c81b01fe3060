// SPDX-License-Identifier: Apache-2.0
// A poll is as many requests as servers want it to be.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { load } from './scripts.mjs';

const URL = '/project/gbp_status/statuses/';
const ID = '0123456789abcdef0123456789abcdef0123';

function resources(count, kind = 'l3_policies', id = ID) {
  return Array.from({ length: count }, (_, index) => ({ kind, id: String(index) + id.slice(String(index).length) }));
}

function slicer(most = 100, url = URL) {
  return load(['slices']).slices(url, most);
}

function line({ url }) {
  return 'GET ' + url + ' HTTP/1.1';
}

describe('slices', () => {
  it('names kinds once, with their ids', () => {
    const request = slicer().first([{ kind: 'a', id: '1' }, { kind: 'b', id: '2' }, { kind: 'a', id: '3' }]);
    assert.equal(request.url, URL + '?a=1,3&b=2');
    assert.equal(request.resources.length, 3);
  });

  it('takes the first hundred, and not one more', () => {
    assert.equal(slicer().first(resources(101)).resources.length, 100);
    assert.equal(slicer().first(resources(100)).resources.length, 100);
    assert.equal(slicer().first(resources(99)).resources.length, 99);
    assert.equal(slicer().first(resources(101)).resources[99].id, resources(101)[99].id);
  });

  it('keeps the whole request line below 4,000 bytes', () => {
    const ids = resources(100, 'application_policy_groups', 'x'.repeat(64));
    const lengths = Array.from({ length: 70 }, (_, index) => (
      line(slicer(100, '/' + 'a'.repeat(index) + '/').first(ids)).length));
    assert.equal(Math.max(...lengths), 3999);
    assert.ok(Math.min(...lengths) + 65 > 3999, 'and uses them');
  });

  it('counts the address before the ids, in bytes', () => {
    const short = slicer(100, '/' + 'a'.repeat(2000) + '/').first(resources(100)).resources.length;
    const wide = slicer(100, '/' + 'ä'.repeat(1000) + '/').first(resources(100)).resources.length;
    assert.ok(short < 60);
    assert.equal(wide, short);
  });

  it('never takes less than one', () => {
    assert.equal(slicer(100, '/' + 'a'.repeat(5000)).first(resources(3)).resources.length, 1);
  });

  [400, 414, 431].forEach(status => {
    it('halves what is refused with ' + status + ', until one is left', () => {
      const slices = slicer();
      const sizes = [];
      for (let again = true; again;) {
        const request = slices.first(resources(100));
        sizes.push(request.resources.length);
        again = slices.failed(request, { status });
      }
      assert.deepEqual(sizes, [100, 50, 25, 12, 6, 3, 1]);
    });
  });

  [200, 403, 404, 406].forEach(status => {
    it('halves what something else than the dashboard answers with ' + status, () => {
      const slices = slicer();
      const request = slices.first(resources(100));
      assert.equal(slices.failed(request, { status, reason: 'foreign' }), true);
      assert.equal(slices.first(resources(100)).resources.length, 50);
      assert.equal(slices.failed(slices.first(resources(1)), { status, reason: 'foreign' }), false);
    });
  });

  it('remembers the size that passed', () => {
    const slices = slicer();
    slices.failed(slices.first(resources(100)), { status: 414 });
    slices.failed(slices.first(resources(100)), { status: 414 });
    slices.accepted();
    assert.equal(slices.first(resources(100)).resources.length, 25);
    slices.accepted();
    assert.equal(slices.first(resources(100)).resources.length, 25);
  });

  it('begins again with what has passed where nothing did', () => {
    const slices = slicer();
    slices.failed(slices.first(resources(100)), { status: 414 });
    assert.equal(slices.failed(slices.first(resources(100)), { status: 503 }), false);
    assert.equal(slices.first(resources(100)).resources.length, 100);
  });

  it('halves long requests that get no answer, and leaves short ones', () => {
    const slices = slicer();
    const sizes = [];
    for (let again = true; again;) {
      const request = slices.first(resources(100));
      sizes.push(request.resources.length);
      again = slices.failed(request, { status: 0 });
    }
    assert.deepEqual(sizes, [100, 50, 25]);
  });

  [undefined, 200, 401, 403, 404, 500, 503].forEach(status => {
    it('sees no sign of a length in ' + status, () => {
      const slices = slicer();
      assert.equal(slices.failed(slices.first(resources(100)), { status, reason: 'unanswered' }), false);
    });
  });
});
