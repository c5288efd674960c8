import { openAnew, renewPage, toast } from './page.js';

/**
 * @typedef {object} Change
 * @property {string | null} ticket
 * @property {string | null} title
 * @property {string} by
 * @property {'web' | 'api' | 'mcp'} via
 * @property {string} what
 * @property {boolean} own
 * @property {string} at
 */

/** @type {Set<string>} */
const changed = new Set();
let isStale = false;
let isRenewing = false;

/** @type {EventSource | undefined} */
let source;
/** Gives the place of this page's stream back. */
let leave = () => {};
let isConnecting = false;
let wasLost = false;

/** A browser opens six connections to a host for all of its tabs: so many of them may be streams. */
const MAX_STREAMS = 4;
const POLL_MS = 3000;

/** Hears of every change and shows it: on the page, and in a message who did what. */
export function followChanges() {
  void connect();
  // A page that nobody sees must not keep one of the browser's few connections to this host.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void connect();
    else disconnect();
  });
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', ({ persisted }) => persisted && openAnew());

  const seconds = Number(document.body.dataset.renew);
  if (seconds) setInterval(() => document.visibilityState === 'visible' && renewSoon(), seconds * 1000);
}

async function connect() {
  if (source || isConnecting || document.visibilityState !== 'visible') return;
  isConnecting = true;
  const place = await takePlace();
  isConnecting = false;
  if (!place) {
    sayConnection('open', `Every ${POLL_MS / 1000} s`);
    renewSoon();
    setTimeout(connect, POLL_MS);
    return;
  }
  leave = place;
  source = new EventSource('/events');
  source.addEventListener('open', () => {
    sayConnection('open', 'Live');
    if (wasLost) renewSoon();
    wasLost = false;
  });
  source.addEventListener('error', () => {
    wasLost = true;
    sayConnection('lost', 'Reconnecting…');
    // The browser tries again by itself, unless it was refused.
    if (source?.readyState !== EventSource.CLOSED) return;
    disconnect();
    setTimeout(connect, 2000);
  });
  source.addEventListener('person', ({ data }) => {
    if (JSON.parse(data) !== document.body.dataset.as) renewSoon();
  });
  source.addEventListener('message', ({ data }) => show(JSON.parse(data)));
}

function disconnect() {
  source?.close();
  source = undefined;
  leave();
  wasLost = true;
}

/**
 * One of the browser's places for a stream, and how to give it back; undefined where other tabs have them all. Only
 * what is addressed as this machine has such locks.
 *
 * @returns {Promise<(() => void) | undefined>}
 */
async function takePlace() {
  if (!navigator.locks) return () => {};
  for (let at = 0; at < MAX_STREAMS; at++) {
    /** @type {(() => void) | undefined} */
    const release = await new Promise((resolve) => {
      void navigator.locks.request(`toado_stream_${at}`, { ifAvailable: true }, (lock) => {
        if (lock) return new Promise((end) => resolve(() => end(undefined)));
        resolve(undefined);
        return undefined;
      });
    });
    if (release) return release;
  }
  return undefined;
}

/** @param {Change} change */
function show(change) {
  if (change.ticket && !change.own) changed.add(change.ticket);
  // A sandbox that was begun anew has its whole history written at once.
  if (!change.own && Date.now() - Date.parse(change.at) < 60_000) {
    const title = change.title ? `: ${shortened(change.title)}` : '';
    toast(`${change.what}${title}`, '', change.by);
  }
  renewSoon();
}

/** @param {string} title */
function shortened(title) {
  // What a person reads as one character (an emoji of several parts, a letter with its accents) is never cut.
  const signs = [...new Intl.Segmenter().segment(title)].map(({ segment }) => segment);
  return signs.length > 48 ? `${signs.slice(0, 47).join('').trimEnd()}…` : title;
}

/**
 * Several changes at once are one renewal. What changes during one waits for the next, rather than putting it off: agents
 * may write without a pause.
 */
function renewSoon() {
  isStale = true;
  if (!isRenewing) void renewWhileStale();
}

async function renewWhileStale() {
  isRenewing = true;
  while (isStale) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    isStale = false;
    const ids = [...changed];
    changed.clear();
    await renewPage().catch(() => {});
    for (const id of ids) mark(document.getElementById(id));
  }
  isRenewing = false;
}

/** @param {HTMLElement | null} element */
function mark(element) {
  if (!element) return;
  element.classList.remove('changed');
  // Begins the animation anew where it was still running.
  void element.offsetWidth;
  element.classList.add('changed');
  setTimeout(() => element.classList.remove('changed'), 2500);
}

/**
 * @param {string} state
 * @param {string} text
 */
function sayConnection(state, text) {
  const element = document.getElementById('connection');
  if (!element) return;
  element.dataset.connection = state;
  /** @type {HTMLElement} */ (document.getElementById('connection-text')).textContent = text;
}
