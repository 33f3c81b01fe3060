// SPDX-License-Identifier: Apache-2.0
// What Neutron says beneath the rows of tables: of which the page does not know it yet, and of which kinds it cannot be read.
// Reads: data-gbp-status-beneath (on the root: the kinds of which the page asks for it), data-gbp-below (on a badge: what is
// beneath, where that is known).
(function (gbpStatus) {
  'use strict';

  // What could not be read beneath a kind stands among the outages as this.
  const BENEATH = ' beneath';

  /** @param {Resource[]} resources */
  function kindsOf(resources) {
    return Array.from(new Set(resources.map(one => one.kind + BENEATH)));
  }

  /** `page`: root, outages. */
  gbpStatus.beneath = function ({root, outages}) {
    const {badges} = gbpStatus;
    const kinds = (root.dataset.gbpStatusBeneath || '').split(' ').filter(Boolean);

    /** @param {Resource} resource */
    function isAsked({kind}) {
      return kinds.includes(kind);
    }

    /** @param {HTMLElement} badge */
    function isUnknown(badge) {
      return isAsked(badges.resource(badge)) && !('gbpBelow' in badge.dataset);
    }

    /** The resources in `scope` of which the status, or what is beneath, is not known yet. @param {ParentNode} scope */
    function unfinished(scope) {
      return badges.resources(badges.all(scope).filter(badge => badges.isUnread(badge) || isUnknown(badge)));
    }

    /**
     * Notes what an answer of the poll says; of a resource that is not `pending` either it could not be read.
     * @param {Resource[]} read
     * @param {Resource[]} pending
     * @param {PollAnswer} answer
     * @param {number} since
     */
    function note(read, pending, {rows = {}}, since) {
      const isPending = (/** @type {Resource} */ {kind, id}) => pending.some(one => one.kind === kind && one.id === id);
      const asked = read.filter(one => isAsked(one) && rows[one.kind] && one.id in rows[one.kind] && !isPending(one));
      const unread = kindsOf(asked.filter(({kind, id}) => !('below' in rows[kind][id])));
      outages.note(kindsOf(asked), Object.fromEntries(unread.map(kind => [kind, {reason: 'error'}])), since);
    }

    /** Notes that a list says it of all rows of these kinds; of the others the poll tells. @param {ParentNode} fresh */
    function noteList(fresh) {
      const lacking = unfinished(fresh).map(one => one.kind);
      outages.note(kindsOf(badges.all(fresh).map(badges.resource).filter(one => !lacking.includes(one.kind))), {});
    }

    return {unfinished, note, noteList};
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
