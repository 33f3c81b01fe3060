// SPDX-License-Identifier: Apache-2.0
// Writes into the open popover what its badge says.
// Reads: in the popover data-gbp-status-part="name|word|sentence|long|details|since|link" and
// data-gbp-status-act="copy-details"; on the badge data-gbp-status-name, -sentence, -details, -url.
(function (gbpStatus) {
  'use strict';

  const {badges, dom, words} = gbpStatus;

  /** `page`: clock, sightings. */
  gbpStatus.texts = function ({clock, sightings}) {
    function writeSince(badge, place) {
      const since = sightings.see(badge);
      const said = {time: words.time(since, clock.now()), age: words.age(clock.now() - since)};
      place.dateTime = new Date(since).toISOString();
      dom.write(place, interpolate(gettext('%(time)s (%(age)s)'), said, true));
    }

    /** Only what differs is written: focus, selection and scroll stay. */
    return function (badge, tip) {
      const part = name => dom.find(tip, 'part="' + name + '"');
      const {gbpStatusName: name, gbpStatusSentence: sentence, gbpStatusDetails: details} = badge.dataset;
      const texts = {name, sentence, details, word: badges.word(badge)};
      Object.keys(texts).forEach(one => dom.write(part(one), texts[one]));
      dom.find(tip, 'act="copy-details"').hidden = !details;
      part('link').href = badge.dataset.gbpStatusUrl;
      part('long').hidden = !sightings.isLong(badge);
      writeSince(badge, part('since'));
    };
  };
}(horizon.gbpStatus = horizon.gbpStatus || {}));
