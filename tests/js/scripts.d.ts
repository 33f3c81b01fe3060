// SPDX-License-Identifier: Apache-2.0
// The types of the scripts: what Django and Horizon give them, the shapes that they pass on, and what each of them has in
// `horizon.gbpStatus`. Times are ms of the page's clock, and delays are ms, unless a name says something else.

declare function gettext(text: string): string;
declare function ngettext(one: string, many: string, count: number): string;
declare function pgettext(context: string, text: string): string;
declare function interpolate(text: string, values: unknown[] | Record<string, unknown>, named?: boolean): string;
/** What the scripts use of jQuery, and of the popover of Bootstrap. */
interface Wrapped {
  on(names: 'pageshow', task: (event: { originalEvent: PageTransitionEvent }) => void): Wrapped;
  on(names: string, task: (event: Passed) => void): Wrapped;
  on(names: string, selector: string, task: (event: Passed) => void): Wrapped;
  closest(selector: string): Wrapped;
  data(name: string): any;
  find(selector: string): Wrapped;
  offset(): { top: number; left: number };
  offset(place: { top: number; left: number }): Wrapped;
  popover(how: string | object): Wrapped;
  remove(): Wrapped;
  removeAttr(names: string): Wrapped;
  toggleClass(name: string, isSet: boolean): Wrapped;
  trigger(name: string): Wrapped;
}
declare function jQuery(what: EventTarget): Wrapped;
declare const horizon: {
  gbpStatus: Scripts;
  languageCode: string;
  addInitFunction(task: () => void): void;
  datatables: { add_no_results_row(table: unknown): void };
};

// What the scripts look for, and what an event is about, are elements of HTML. A template has most of them on every page,
// so that they are not null here; scripts compare with null what may be missing.
interface ParentNode {
  querySelector(selectors: string): HTMLElement;
  querySelectorAll(selectors: string): NodeListOf<HTMLElement>;
}
interface Element { closest(selectors: string): HTMLElement; getAttribute(name: string): string }
type Heard = KeyboardEvent & FocusEvent & { target: HTMLElement; relatedTarget: HTMLElement | null };
interface HTMLElement { addEventListener(type: string, listener: (event: Heard) => void): void }
interface Document { addEventListener(type: string, listener: (event: Heard) => void): void }
/** An event as jQuery passes it on. */
interface Passed { target: HTMLElement; currentTarget: HTMLElement; key: string; originalEvent: KeyboardEvent; preventDefault(): void }

// What is on all elements that the scripts read it from; the rest may be missing.
interface DOMStringMap {
  gbpStatus: string;
  gbpStatusKind: string;
  gbpStatusId: string;
  gbpStatusName: string;
  gbpStatusDetails: string;
  gbpStatusSentence: string;
  gbpStatusUrl: string;
  gbpStatusAct: string;
  gbpStatusCell: string;
  gbpStatusDn: string;
  gbpStatusFragment: string;
  gbpStatusFragmentsUrl: string;
  gbpStatusFollowed: string;
  gbpStatusHeading: string;
  gbpStatusLoginUrl: string;
  gbpStatusPollUrl: string;
  gbpStatusMirror: string;
  gbpStatusReason: string;
  gbpStatusRuleSets: string;
  gbpStatusSince: string;
  gbpStatusNow: string;
  gbpStatusUnread: string;
}

// Shapes

interface Resource { kind: string; id: string }

/** A badge that says another state: the states' values, `to` null for what is gone, and the words of the new one. */
interface Change extends Resource { name: string; from: string; to: string | null; word: string; was?: string; is?: string }

/** Why a kind, or a fragment, could not be read; of a `silent` one the page says why elsewhere. */
interface Failure { reason?: string; label?: string; isBeneath?: boolean; silent?: boolean }
type Unavailable = Record<string, Failure>;
interface Outage { label: string; since: number; reason: string; isBeneath: boolean }

/** What is said of one resource: `badge`, its rendering, or `fresh`, that as an element. */
interface Row { status?: string; details?: string; badge: string; fresh?: HTMLElement; below?: unknown[] }
type Rows = Record<string, Record<string, Row>>;
interface PollAnswer {
  rows?: Rows;
  gone?: Record<string, string[]>;
  pending?: Record<string, string[]>;
  unavailable?: string[];
  reasons?: Record<string, string>;
}
interface Pair { badge: HTMLElement; row: Row }
interface Edit { badge: HTMLElement; fresh: HTMLElement; from: string }

/** What a badge says that is worth telling: its own status and details, its word, and what is beneath. */
interface Said { own: string; word: string; isKnown: boolean; mark: string }
interface Slice { url: string; resources: Resource[] }
/** The markup of a fragment, the moment for which it was true, and whether more of it is pending. */
interface Filling { html: string; at: number; isPending?: boolean }
interface MutedState { status: string; details: string; below?: string }
interface Mute { reason: string; until: number | null; state: MutedState }
/** A cell of the map, and the rule sets that join it with another one. */
interface Partner { cell: HTMLElement; sets: string[] }
/** What a key leads to in a tree, from an item, among the items that are shown. */
type TreeMove = (tree: HTMLElement, item: HTMLElement, items: HTMLElement[]) => HTMLElement;
type MorphRows = (body: HTMLElement, fresh: HTMLElement) => void;

/** What transport.js makes of an answer, or of none: `age` and `retryAfter` in ms. */
interface Answer {
  ok: boolean;
  status?: number;
  reason: string;
  unchanged?: boolean;
  pending: boolean;
  etag?: string;
  scope?: string;
  notBefore?: string;
  age: number;
  date?: number;
  retryAfter?: number;
  location?: string;
  body?: any;
}
interface Asked { accept?: string; etag?: string; maxAge?: number; fragment?: string; notBefore?: string; abort?: AbortController }
type Get = (url: string, options?: Asked) => Promise<Answer>;

type Scope = 'poll' | 'confirm' | 'shown' | 'missing' | 'list' | 'whole';
type Which = 'all' | 'pending' | 'lacking' | 'changed';
interface Wanted { list: boolean; rows: Resource[]; fragments: Which }

/** rounds.js says what these are. */
interface Round { scope: Scope; maxAge?: number; notBefore?: string; since: number; readAt: number; wanted: Wanted }
interface Outcome {
  since: number;
  readAt: number;
  waits: number[];
  changes: Change[];
  changed: boolean;
  rows: Resource[];
  list: boolean;
  fragments: boolean;
  failed: boolean;
  ended: boolean;
  isIncomplete: boolean;
  isIdle: boolean;
  pending: boolean;
  reason: string | null;
  retryAfter: number;
}
interface PollerState {
  running: boolean;
  paused: boolean;
  failedSince: number | null;
  heartbeat: number;
  mayChange: boolean;
  readAt: number;
  allAt: number;
  reason: string | null;
  againAt: number | null;
  nextAt: number | null;
}

type StripState = PollerState & { isPartial: boolean };

// What the scripts make of one page

type Timer = number;
interface Clock { now(): number; wall(at: number): number; later(task: () => void, delay: number): Timer; cancel(timer?: Timer): void }
interface Store { getItem(name: string): string | null; setItem(name: string, value: string): void }
interface Keys { settle(): void }
interface Time { minutes(wall: number): string; short(at: number): string; rewrite(scope: ParentNode): void }
interface Since {
  said(badge?: HTMLElement | null): { age: string; exact: string; time: string } | null;
  isLong(badge: HTMLElement): boolean;
  errors(badge: HTMLElement): string;
  rewrite(scope: ParentNode): void;
  count(task: () => void): void;
  sync(serverTime?: number): void;
}
interface Mutes {
  set(badge: HTMLElement, reason: string, span: string): void;
  unset(badge: HTMLElement): void;
  words(badge: HTMLElement): string;
  lostWords(badge: HTMLElement): string;
  isMutedItself(badge: HTMLElement): boolean;
  isMuted(badge: HTMLElement): boolean;
}
interface LiveRegion { say(text: string): void; sentence(changes: Change[]): string; announce(changes: Change[]): void }
interface MutedLines { rewrite(): void; set(badge: HTMLElement, reason: string, span: string): void; unset(place: HTMLElement): void; toggle(): void }
interface Title { count(): void; retitle(old: string, fresh: string): void; text(): string }
interface Notifications {
  isOn(): boolean;
  isWanted(): boolean;
  toggle(): Promise<void>;
  notify(text: string): void;
  showButton(button: HTMLElement): void;
}
interface Session { check(answer: Answer): boolean }
interface Explanation { load(badge: HTMLElement, tip: HTMLElement, shown: () => void): void; stop(): void; ticket(tip: HTMLElement): string }
interface MuteForm { write(badge: HTMLElement, tip: HTMLElement): void; ask(tip: HTMLElement): void }
/** The open popover: how it follows its badge, the height and the state that it was placed and explained by. */
interface Opened { badge: HTMLElement; button: HTMLElement; tip: HTMLElement; follow(): void; height: number; status: string }
interface Popover {
  toggle(badge: HTMLElement): void;
  refresh(): void;
  dismiss(): void;
  contains(element: Element | null): boolean;
  leave(target: Element): void;
  reposition(): void;
  follow(): void;
}
interface RowNotes { noteFilter(badge: HTMLElement): void; strike(badge: HTMLElement): void }
interface Followed {
  all(): HTMLElement[];
  show(item: HTMLElement, fresh: HTMLElement, at: number): boolean;
  keep(markup: ParentNode, at: number): void;
  strike(item: HTMLElement): void;
}
interface Outages {
  note(kinds: string[], unavailable: Unavailable, readAt?: number): void;
  noteAll(unavailable: Unavailable, readAt: number, place?: string): void;
  isDue(kind: string): boolean;
  list(): Outage[];
  since(kind: string): number | null;
}
interface Beneath {
  unfinished(scope: ParentNode): Resource[];
  note(read: Resource[], pending: Resource[], answer: PollAnswer, since: number): void;
  noteList(fresh: ParentNode): void;
}
interface Schedule {
  next(outcome: Outcome): number;
  restart(): number;
  stretch(): number;
  isStretched(): boolean;
  /** In seconds, as the three that follow it. */
  maxAge(): number;
  heartbeatMaxAge(): number;
  allMaxAge(): number;
  heartbeatDelay(): number;
}
interface Judged { unread: Unavailable; isAll: boolean; isIncomplete: boolean; isStale: boolean }
interface FragmentSwap {
  fill(fragment: HTMLElement, said: Filling, outcome: Outcome): Judged;
  fail(fragment: HTMLElement, since: number): void;
  count(fragment: HTMLElement, html: string, at: number): void;
  open(fragment: HTMLElement, isPending: boolean): void;
}
interface Fragments {
  read(which: Which, get: Get, outcome: Outcome): Promise<void>;
  areThere(): boolean;
  arePending(): boolean;
  mayChange(): boolean;
  giveUp(since: number): void;
}
interface List {
  read(isRequested: boolean, get: Get, outcome: Outcome): Promise<void>;
  news: { count: number };
  isThere(): boolean;
  isPreview(): boolean;
}
interface ConfirmedChanges { note(round: Round, outcome: Outcome): void; resources(): Resource[] }
type Scopes = Record<Scope, { maxAge(): number | undefined; wanted(): Wanted }>;
interface Rounds {
  begin(scope: Scope, notBefore?: string): Round;
  read(round: Round): Promise<Outcome>;
  state: { readAt: number; allAt: number; failed: boolean; reason: string | null };
  isIncomplete(): boolean;
  mayChange(): boolean;
}
/** What is read next, and when: a round that goes on, or one of that scope which begins. */
interface Due { at: number; scope: Scope; round?: Round }
interface Going extends Due { hasFailed?: boolean }
interface Agenda {
  next(isPaused: boolean): Due;
  makeDue(hasSlept: boolean): void;
  pageChanged(): void;
  note(round: Round, outcome: Outcome): void;
  isGoingOn(): boolean;
  againAt(): number | null;
}
interface Poller { poll(scope: Scope, notBefore?: string): void; wake(how?: { hasSlept?: boolean }): void; pageChanged(): void; togglePause(): void; sleep(): void }
interface Slices {
  first(resources: Resource[]): Slice;
  accepted(): void;
  failed(request: Slice, answer: Answer): boolean;
}

/** What a factory may ask for, by the name that it has in page.js. */
interface Page {
  root: HTMLElement;
  window: Window & typeof globalThis;
  document: Document;
  clock: Clock;
  /** In ms; 0 for no heartbeat. */
  heartbeat: number;
  interval: number;
  giveUpAfter: number;
  readAgain: () => void;
  storage: Store;
  localStorage: Store;
  time: Time;
  since: Since;
  mutes: Mutes;
  liveRegion: LiveRegion;
  mutedLines: MutedLines;
  title: Title;
  notifications: Notifications;
  clipboard: (text: string, button: HTMLElement) => Promise<void>;
  transport: Get;
  session: Session;
  explanation: Explanation;
  muteForm: MuteForm;
  popoverTexts: (badge: HTMLElement, tip: HTMLElement) => void;
  popover: Popover;
  rowNotes: RowNotes;
  renames: (badge: HTMLElement, old: string) => void;
  followed: Followed;
  answers: (answer: PollAnswer, at: number) => Change[];
  outages: Outages;
  beneath: Beneath;
  schedule: Schedule;
  fragmentSwap: FragmentSwap;
  fragments: Fragments;
  pollRequest: (resources: Resource[], get: Get, outcome: Outcome) => Promise<void>;
  list: List;
  confirmedChanges: ConfirmedChanges;
  scopes: Scopes;
  rounds: Rounds;
  agenda: Agenda;
  failures: (outages: Outage[], failure: false | { reason: string | null; since: number }) => string[];
  freshness: (state: PollerState, outages: Outage[]) => void;
  poller: Poller;
}

type Acting = Pick<Page, 'root' | 'document' | 'poller' | 'notifications' | 'popover' | 'muteForm' | 'mutedLines' | 'clipboard' | 'explanation'>;
type Built = Pick<Page, 'root' | 'time' | 'since' | 'mutedLines' | 'popover' | 'rounds' | 'poller'> & { keys: Keys[] };

/** A function that makes something of a page; it gets what it names, and nothing else. */
type Factory<Names extends keyof Page, Made> = (page: Pick<Page, Names>) => Made;

/** What each script has, by the name of its file. */
interface Scripts {
  // Functions that belong to no page
  age(duration: number): string;
  badges: {
    all(scope: ParentNode): HTMLElement[];
    ofRow(place: Element): HTMLElement | null | undefined;
    isStored(badge: HTMLElement): boolean;
    isTransient(badge: HTMLElement): boolean;
    isUnread(badge: HTMLElement): boolean;
    isExplained(badge: HTMLElement): boolean;
    isProblem(badge: HTMLElement): boolean;
    isProblemBeneath(badge: HTMLElement): boolean;
    isUrgent(badge: HTMLElement): boolean;
    state(badge: HTMLElement): string;
    filterWords(badge: HTMLElement): string[];
    resource(badge: HTMLElement): Resource;
    resources(badges: HTMLElement[]): Resource[];
    key(badge: HTMLElement): string;
    answer(scope: ParentNode): { rows: Rows };
    button(badge: HTMLElement): HTMLElement;
    word(badge: HTMLElement): string;
    mark(badge: HTMLElement): string;
    compare(pairs: Pair[]): Edit[];
    swap(edit: Edit): void;
  };
  counts(root: ParentNode, changes: Change[]): void;
  dom: {
    find(scope: ParentNode, what: string): any;
    findAll(scope: ParentNode, what: string): any[];
    having(scope: ParentNode, what: string, value: string): any;
    write(element: HTMLElement, text: string): void;
    parse(html: string): HTMLElement;
    fire(root: HTMLElement, name: string, detail: unknown): void;
  };
  host: { unfold(document: Document): HTMLElement | null; whenFilled(root: HTMLElement, start: (root: HTMLElement) => void): void };
  morph(old: HTMLElement, fresh: HTMLElement, areRowsFree: boolean): number;
  placement(tip: HTMLElement, button: HTMLElement): () => void;
  problemLines: { headOf(badge: HTMLElement): HTMLElement | null; lineOf(badge: HTMLElement): HTMLElement | null };
  scopeWidth(scope: Scope): number;
  slices(url: string, most: number): Slices;
  storage(window: Page['window'], name: 'sessionStorage' | 'localStorage', refuse: Store['setItem']): Store;
  unread: {
    kinds(scope: ParentNode): Unavailable;
    isAll(scope: ParentNode): boolean;
    isIncomplete(scope: ParentNode): boolean;
    hasResults(scope: ParentNode): boolean;
  };

  // Factories
  acts: Factory<keyof Acting, void>;
  agenda: Factory<'document' | 'clock' | 'schedule' | 'rounds', Agenda>;
  answers: Factory<'root' | 'rowNotes' | 'followed' | 'renames' | 'since' | 'popover', Page['answers']>;
  beneath: Factory<'root' | 'outages', Beneath>;
  clipboard: Factory<'window' | 'document' | 'clock' | 'liveRegion', Page['clipboard']>;
  clock: Factory<'window', Clock>;
  confirmedChanges: Factory<'root' | 'clock' | 'liveRegion' | 'mutes' | 'outages' | 'notifications' | 'readAgain', ConfirmedChanges>;
  explanation: Factory<'clock' | 'transport' | 'session', Explanation>;
  failures: Factory<'root' | 'time', Page['failures']>;
  followed: Factory<'root', Followed>;
  fragmentSwap: Factory<'root' | 'clock' | 'time' | 'outages' | 'followed' | 'answers', FragmentSwap>;
  fragments: Factory<'root' | 'clock' | 'outages' | 'schedule' | 'fragmentSwap', Fragments>;
  freshness: Factory<'root' | 'document' | 'clock' | 'time' | 'failures' | 'title' | 'notifications' | 'list', Page['freshness']>;
  joined: Factory<'root' | 'document', Keys>;
  list: Factory<'root' | 'window' | 'document' | 'clock' | 'time' | 'since' | 'answers' | 'pollRequest' | 'outages' | 'beneath', List>;
  liveRegion: Factory<'root', LiveRegion>;
  muteForm: Factory<'mutes', MuteForm>;
  mutedLines: Factory<'root' | 'mutes' | 'liveRegion', MutedLines>;
  mutes: Factory<'root' | 'clock' | 'time' | 'localStorage', Mutes>;
  notifications: Factory<'window' | 'document' | 'storage' | 'title', Notifications>;
  outages: Factory<'root' | 'clock' | 'interval', Outages>;
  pollRequest: Factory<'root' | 'clock' | 'outages' | 'beneath' | 'answers', Page['pollRequest']>;
  poller: Factory<'document' | 'storage' | 'clock' | 'heartbeat' | 'rounds' | 'agenda' | 'freshness' | 'outages' | 'notifications', Poller>;
  popover: Factory<'root' | 'popoverTexts' | 'explanation', Popover>;
  popoverEvents: Factory<'root' | 'window' | 'document' | 'clock' | 'popover', void>;
  popoverTexts: Factory<'since' | 'muteForm', Page['popoverTexts']>;
  renames: Factory<'root' | 'document' | 'title', Page['renames']>;
  rounds: Factory<'root' | 'window' | 'clock' | 'transport' | 'session' | 'since' | 'scopes' | 'beneath' | 'pollRequest' | 'list' |
    'fragments' | 'liveRegion' | 'confirmedChanges' | 'giveUpAfter', Rounds>;
  rowNotes: Factory<'root' | 'clock', RowNotes>;
  schedule: Factory<'root' | 'clock' | 'interval' | 'heartbeat', Schedule>;
  scopes: Factory<'root' | 'schedule' | 'outages' | 'beneath' | 'followed' | 'list' | 'fragments' | 'confirmedChanges', Scopes>;
  session: Factory<'root' | 'window', Session>;
  since: Factory<'root' | 'clock' | 'time', Since>;
  time: Factory<'root' | 'clock', Time>;
  title: Factory<'root' | 'document' | 'mutes', Title>;
  toolbars: Factory<'root' | 'document', Keys>;
  transport: Factory<'root' | 'window' | 'clock', Get>;
  tree: Factory<'root' | 'document' | 'clock', Keys>;
}
