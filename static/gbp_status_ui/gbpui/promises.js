// SPDX-License-Identifier: Apache-2.0
// Gives promises of AngularJS the methods success and error again, which AngularJS 1.6 took from those of $http and
// group-based-policy-ui calls. Loaded by the optional enabled file _1540_gbpui_removed_names.py alone.
(function (angular) {
  'use strict';

  /** Calls back with the parts of a response, as AngularJS did up to 1.5. */
  function parts(callback) {
    return response => { callback(response.data, response.status, response.headers, response.config); };
  }

  // Whoever asked for the promise has to hear of a failure; the branch that is made here must not count as one more.
  function ignore() {}

  const methods = {
    success(callback) {
      this.then(parts(callback), ignore);
      return this;
    },
    error(callback) {
      this.then(null, parts(callback));
      return this;
    }
  };

  function addMissing($q) {
    const promises = Object.getPrototypeOf($q.when());
    Object.keys(methods).filter(name => !promises[name]).forEach(name => { promises[name] = methods[name]; });
    return $q;
  }

  angular.module('gbpStatus.promises', []).config(['$provide', function ($provide) {
    $provide.decorator('$q', ['$delegate', addMissing]);
  }]);
}(window.angular));
