import { renew } from './morph.js';
import { fieldsBeingTyped, keepWhileOpening, showLost } from './unsaved-text.js';

/** Counts what was asked for or shown, so that an older answer never follows a newer one. */
let turns = 0;

/** @type {(() => void)[]} */
const afterwards = [];

/**
 * Has `work` done whenever a part of the page was renewed.
 *
 * @param {() => void} work
 */
export function whenRenewed(work) {
  afterwards.push(work);
}

/**
 * Shows what the server says now, wherever the page says that it may change.
 *
 * @param {string} html
 * @param {string} [selector]
 */
export function showPage(html, selector) {
  turns++;
  const focused = document.activeElement;
  const before = placesOfCards();
  const typed = fieldsBeingTyped();
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  // The browser acts as somebody else now: all of the page follows, but for what is being typed.
  if (isForAnother(fresh)) {
    const as = fresh.body.dataset.as ?? '';
    document.body.dataset.as = as;
    // Two texts that are being put together are on no other page.
    renew(fresh, document.querySelector('[data-conflict]') ? '#side' : '#side, #main');
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (
      document.querySelectorAll('[name=as]')
    )) {
      input.value = as;
    }
  } else renew(fresh, selector);
  // A page that answered a form (a new token, a refusal, two texts) isn't the one at its address.
  if (headingOf(document) === headingOf(fresh)) document.title = fresh.title;
  showLost(typed);
  // Moving an element in the document takes the focus from it.
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
  }
  glide(before);
  for (const work of afterwards) work();
}

/** @param {Document} page */
function headingOf(page) {
  return page.querySelector('h1')?.textContent;
}

/** Asks for this page again and shows what has changed. */
export async function renewPage() {
  const turn = ++turns;
  const answer = await fetch(location.href.replace(/#.*/, ''), { headers: { Accept: 'text/html' } });
  const html = await answer.text();
  // A later question is under way, whose answer is newer.
  if (turn !== turns || document.querySelector('.dragged')) return;
  if (answer.ok) showPage(html);
  // What was here isn't for the person whom the browser acts as now, or has left what they see.
  else if (isForAnother(new DOMParser().parseFromString(html, 'text/html')) || isGone(answer)) openAnew();
}

/** @param {Response} answer */
function isGone({ status }) {
  return (status === 403 || status === 404) && !document.querySelector('.error-page');
}

/**
 * Loads this address. Never by `location.reload()`: that sends a form again whose answer this page is, and as this
 * page's own, even where another site sent it.
 */
export function openAnew() {
  keepWhileOpening();
  location.replace(location.href.replace(/#.*/, ''));
}

/** @param {Document} fresh */
function isForAnother(fresh) {
  const { as } = fresh.body.dataset;
  return as !== undefined && as !== document.body.dataset.as;
}

/**
 * A short message at the corner, read out too.
 *
 * @param {string} text
 * @param {'' | 'good' | 'bad'} [kind]
 * @param {string} [who] set in bold before it
 */
export function toast(text, kind = '', who = '') {
  const dialog = kind === 'bad' && openDialog();
  if (dialog) {
    refuseIn(dialog, text);
    return;
  }
  const element = document.createElement('p');
  element.className = `toast ${kind}`;
  if (who) {
    const bold = document.createElement('b');
    bold.textContent = who;
    element.append(bold, ' ');
  }
  element.append(text);
  const toasts = /** @type {HTMLElement} */ (document.getElementById('toasts'));
  toasts.append(element);
  while (toasts.children.length > 3) toasts.firstElementChild?.remove();
  setTimeout(() => element.remove(), kind === 'bad' ? 9000 : 6000);
}

/** The one on top; a popover may be one, too. */
export function openDialog() {
  return [...document.querySelectorAll(':is(dialog[open], .dialog:popover-open)')].at(-1);
}

/**
 * Beneath an open dialog a message is dimmed, and no screen reader reads it: what was refused is said in the dialog.
 *
 * @param {Element} dialog
 * @param {string} text
 */
function refuseIn(dialog, text) {
  forgetRefusal();
  const element = document.createElement('p');
  element.id = 'refusal';
  element.className = 'banner bad';
  element.setAttribute('role', 'alert');
  element.textContent = text;
  const buttons = dialog.querySelector('.buttons');
  if (buttons) buttons.before(element);
  else dialog.append(element);
  for (const closing of ['close', 'beforetoggle'])
    dialog.addEventListener(closing, forgetRefusal, { once: true });
}

/** To be called before something is sent again. */
export function forgetRefusal() {
  document.getElementById('refusal')?.remove();
}

/** @param {string} text */
export function announce(text) {
  /** @type {HTMLElement} */ (document.getElementById('announcer')).textContent = text;
}

/** @returns {Map<string, DOMRect>} */
function placesOfCards() {
  return new Map(
    [...document.querySelectorAll('.card')].map((card) => [card.id, card.getBoundingClientRect()]),
  );
}

/**
 * Lets cards that changed their place glide there.
 *
 * @param {Map<string, DOMRect>} before
 */
function glide(before) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const [id, from] of before) {
    const card = document.getElementById(id);
    if (!card) continue;
    const to = card.getBoundingClientRect();
    const [x, y] = [from.left - to.left, from.top - to.top];
    if (Math.abs(x) < 2 && Math.abs(y) < 2) continue;
    card.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
      duration: 240,
      easing: 'cubic-bezier(0.2, 0, 0, 1)',
    });
  }
}
