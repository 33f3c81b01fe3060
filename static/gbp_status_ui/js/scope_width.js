// SPDX-License-Identifier: Apache-2.0
// The scopes of rounds, from the narrowest to the widest. Reads no attribute of the page.
(function (gbpStatus) {
  'use strict';

  // What changes by itself; what the user is to be told of; all statuses on screen; what the page lacks; all that it shows;
  // and that as new as can be. Each but the second contains those before it.
  const SCOPES = ['poll', 'confirm', 'shown', 'missing', 'list', 'whole'];

  /** How much a scope asks for, beside others. */
  gbpStatus.scopeWidth = scope => SCOPES.indexOf(scope);
}(horizon.gbpStatus = horizon.gbpStatus || {}));
