// SPDX-License-Identifier: Apache-2.0
// Writes a badge's texts into its popover.
// Reads, in the popover: data-gbp-status-part="name|word|sentence|long|long-chain|details|since|errors|link",
// data-gbp-status-act="copy-details"; on the badge data-gbp-status-name, -sentence, -details, -url (the page of its resource).
(function (gbpStatus) {
  'use strict';

  const CHAINS = 'servicechain_instances';

  /** @param {HTMLElement} tip @param {string} name */
  function part(tip, name) {
    return gbpStatus.dom.having(tip, 'part', name);
  }

  /** Writes the badge's texts into its popover. `page`: since, muteForm. */
  gbpStatus.popoverTexts = function ({since, muteForm}) {
    const {badges, dom} = gbpStatus;

    /** @param {HTMLElement} badge */
    function sinceWords(badge) {
      const said = since.said(badge);
      return said ? interpolate(gettext('In this state since %(time)s or earlier (%(age)s).'), said, true) : '';
    }

    /** Writes only the texts that differ, which keeps focus, selection and scroll position. */
    return function (badge, tip) {
      const {gbpStatusName: name, gbpStatusSentence, gbpStatusDetails: details} = badge.dataset;
      const isGone = 'gbpStatusGone' in badge.dataset;
      const sentence = isGone ? gettext('This resource has been deleted.') : gbpStatusSentence;
      /** @type {Record<string, string>} */
      const texts = {name, sentence, details, word: isGone ? gettext('Deleted') : badges.word(badge)};
      Object.assign(texts, {since: isGone ? '' : sinceWords(badge), errors: since.errors(badge)});
      Object.keys(texts).forEach(one => dom.write(part(tip, one), texts[one]));
      dom.find(tip, 'act="copy-details"').hidden = !details;
      muteForm.write(badge, tip);
      part(tip, 'link').href = badge.dataset.gbpStatusUrl;
      part(tip, 'long').hidden = !since.isLong(badge);
      part(tip, 'long-chain').hidden = !since.isLong(badge) || badges.resource(badge).kind !== CHAINS;
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
