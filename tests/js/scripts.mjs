// SPDX-License-Identifier: Apache-2.0
// Loads the plugin's scripts as a browser does, with as little around them as they need, and a clock that tests move.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const HERE = path.join(import.meta.dirname, '../../static/gbp_status_ui/js');

export const NAMES = readdirSync(HERE).filter(name => name.endsWith('.js')).map(name => path.basename(name, '.js')).sort();

// As Django's catalogue of JavaScript does it.
function interpolate(text, values, named) {
  return named ?
    text.replace(/%\((\w+)\)s/g, (_, name) => values[name]) :
    text.replace(/%s/g, () => values.shift());
}

const AROUND = {
  gettext: text => text,
  ngettext: (one, many, count) => (count === 1 ? one : many),
  pgettext: (_, text) => text,
  interpolate,
  jQuery: () => { throw new Error('no jQuery at load'); },
};

/** The namespace after these scripts have been loaded in this order; `window` and more are what they may use. */
export function load(names, around = {}) {
  const horizon = { languageCode: 'en', addInitFunction: () => {}, ...around.horizon };
  const given = { ...AROUND, ...around, horizon };
  names.forEach(name => {
    const filename = path.join(HERE, name + '.js');
    vm.compileFunction(readFileSync(filename, 'utf8'), Object.keys(given), { filename })(...Object.values(given));
  });
  return horizon.gbpStatus;
}

/** A Map for scripts to use, and all that they have made of it: what they keep. */
export function notedMaps() {
  const made = [];
  return { made, Map: class extends Map { constructor(...from) { super(...from); made.push(this); } } };
}

/** What a page follows that has no map. */
export const NOTHING_FOLLOWED = { all: () => [], keep: () => {} };

/** Time that passes when a test lets it. */
export class Clock {
  constructor() {
    this.time = 0;
    this.timers = [];
    this.zero = Date.UTC(2026, 2, 2, 12);
  }

  now = () => this.time;

  wall = at => this.zero + at;

  later = (task, delay) => {
    const timer = { task, at: this.time + delay };
    this.timers.push(timer);
    return timer;
  };

  cancel = timer => {
    this.timers = this.timers.filter(one => one !== timer);
  };

  /** All timers of that span run, each at its own time, and what waits for them. */
  async pass(duration) {
    const end = this.time + duration;
    await settled();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.cancel(next);
      this.time = next.at;
      next.task();
      await settled();
    }
    this.time = end;
  }

  #next(end) {
    return this.timers.filter(one => one.at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Whatever promises were about to do has been done. */
export function settled() {
  return new Promise(resolve => { setImmediate(resolve); });
}
