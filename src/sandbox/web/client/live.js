import { renewPage, toast } from './page.js';

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
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

/** @type {EventSource | undefined} */
let source;
let wasLost = false;

/** Hears of every change and shows it: on the page, and in a message who did what. */
export function followChanges() {
  connect();
  // A page that nobody sees must not keep one of the browser's few connections to this host.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') connect();
    else disconnect();
  });
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

  const seconds = Number(document.body.dataset.renew);
  if (seconds) setInterval(() => document.visibilityState === 'visible' && renewSoon(), seconds * 1000);
}

function connect() {
  if (source) return;
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
  wasLost = true;
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

/** Several changes at once are one renewal. */
function renewSoon() {
  clearTimeout(soon);
  soon = setTimeout(async () => {
    await renewPage().catch(() => {});
    for (const id of changed) mark(document.getElementById(id));
    changed.clear();
  }, 60);
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
