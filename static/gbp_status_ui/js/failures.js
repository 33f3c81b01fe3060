// SPDX-License-Identifier: Apache-2.0
// One sentence for all that has failed for one reason.
// Reads: data-gbp-status-kinds (on the root: how many kinds the page asks for).
(function (gbpStatus) {
  'use strict';

  // So many kinds are named; more are counted.
  const MAX_NAMED_KINDS = 3;

  /** @param {string[]} names */
  function joined(names) {
    const last = names[names.length - 1];
    const values = {others: names.slice(0, -1).join(gettext(', ')), last};
    return names.length > 1 ? interpolate(gettext('%(others)s and %(last)s'), values, true) : last;
  }

  /** @param {string[]} names @param {string | undefined} asked */
  function ofKinds(names, asked) {
    const values = {failed: names.length, asked};
    const text = asked ? gettext('%(failed)s of %(asked)s kinds') : gettext('%(failed)s kinds');
    return names.length > MAX_NAMED_KINDS ? [interpolate(text, values, true)] : names;
  }

  /**
   * Which kinds these outages are of: their names, or how many.
   * @param {Outage[]} outages
   * @param {string | undefined} asked
   */
  function what(outages, asked) {
    const named = (/** @type {boolean} */ isBeneath) => outages.filter(one => one.isBeneath === isBeneath).map(one => one.label);
    const below = named(true);
    const isMany = outages.length > MAX_NAMED_KINDS && below.length > 0;
    return joined(ofKinds(named(false), asked).concat(isMany ? gettext('what Neutron reports of what is beneath') : below));
  }

  /**
   * Why, in the middle of a sentence; by the reasons of the server (model/answers.py), and those of transport.js.
   * @param {string} reason
   */
  function cause(reason) {
    /** @type {Record<string, string>} */
    const causes = {
      timeout: gettext('the network service did not answer in time'),
      forbidden: gettext('the network service does not allow you to read this'),
      gone: gettext('the network service does not know this'),
      login: gettext('the network service does not accept your login'),
      lacking: gettext('the answer of the dashboard lacked what was asked for'),
      foreign: gettext('something else answered in place of the dashboard, such as a proxy'),
      unanswered: gettext('the dashboard gave no usable answer')
    };
    return causes[reason] || gettext('the network service gave no usable answer');
  }

  /** @param {string} text */
  function capitalized(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  /** `page`: root; time (time.js). Returns sentences(outages, failure): one a reason; `failure` is {reason, since} of all. */
  gbpStatus.failures = function ({root, time}) {
    /** @param {string} subject @param {string} reason @param {number} since */
    function sentence(subject, reason, since) {
      const text = Number.isFinite(since) ? gettext('%(what)s could not be read since %(time)s: %(cause)s.') :
        gettext('%(what)s could not be read: %(cause)s.');
      const values = {what: capitalized(subject), cause: cause(reason), time: Number.isFinite(since) && time.short(since)};
      return interpolate(text, values, true);
    }

    /** @param {string} reason @param {Outage[]} outages */
    function ofReason(reason, outages) {
      const since = Math.min(...outages.map(one => one.since));
      return sentence(what(outages, root.dataset.gbpStatusKinds), reason, since);
    }

    return function (outages, failure) {
      const reasons = Array.from(new Set(outages.map(one => one.reason)));
      const own = failure && failure.reason && !reasons.includes(failure.reason) ?
        [sentence(gettext('the statuses'), failure.reason, failure.since)] : [];
      return own.concat(reasons.map(reason => ofReason(reason, outages.filter(one => one.reason === reason))));
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
