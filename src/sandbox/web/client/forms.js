import { forgetRefusal, renewPage, showPage, toast } from './page.js';

/** Sends forms without leaving the page, and shows what came of it. */
export function enhanceForms() {
  document.addEventListener('submit', (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.hasAttribute('data-enhance')) {
      event.preventDefault();
      void sendForm(form, event.submitter);
    } else if (form.hasAttribute('data-swap')) {
      event.preventDefault();
      void swap(addressOf(form));
    } else if (form.method === 'post') {
      // The second click of a double click: its answer would take the place of the first one's.
      if (form.dataset.sending) event.preventDefault();
      form.dataset.sending = 'yes';
    }
  });
  // A page that the browser kept is as it was when it was left.
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sending]')) form.removeAttribute('data-sending');
  });

  document.addEventListener('click', (event) => {
    const link = /** @type {Element} */ (event.target).closest('a[data-swap]');
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void swap(link.href);
  });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  document.addEventListener('input', ({ target }) => {
    const control = /** @type {HTMLInputElement} */ (target);
    const form = control.form;
    if (!form?.hasAttribute('data-swap')) return;
    clearTimeout(typing);
    typing = setTimeout(() => form.requestSubmit(), control.type === 'search' ? 180 : 0);
  });

  document.addEventListener('change', ({ target }) => {
    const control = /** @type {HTMLSelectElement} */ (target);
    if (control.matches('[data-submits], [data-goes]') && control.value) control.form?.requestSubmit();
  });
}

/** Fields that the server writes. */
const hidden = new Set(['as', 'form_id']);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 */
async function sendForm(form, submitter = null) {
  // The second click of a double click.
  if (form.dataset.sending) return;
  form.dataset.sending = 'yes';
  forgetRefusal();
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form, submitter)));
  const button = submitter ?? form.querySelector('[type=submit]');
  button?.setAttribute('aria-busy', 'true');
  const done = await send(form.action, fields);
  button?.removeAttribute('aria-busy');
  delete form.dataset.sending;
  if (!done) return;
  form.closest('dialog')?.close();
  /** @type {HTMLElement | null} */ (form.closest('[popover]'))?.hidePopover();
  const now = new URLSearchParams(/** @type {any} */ (new FormData(form, submitter)));
  // What was typed while it was being sent is the next one.
  const isAsSent = [...fields].every(([name, value]) => hidden.has(name) || now.get(name) === value);
  if (isAsSent && (form.dataset.enhance === 'clear' || form.closest('dialog'))) form.reset();
  if (form.dataset.says) toast(form.dataset.says, 'good');
}

/**
 * Posts, and shows the page that answers where it is this one. Says why when it was refused.
 *
 * @param {string} address
 * @param {URLSearchParams} fields
 * @returns {Promise<boolean>}
 */
export async function send(address, fields) {
  try {
    const answer = await fetch(address, { method: 'POST', body: fields, headers: { Accept: 'text/html' } });
    const html = await answer.text();
    if (!answer.ok && showConflict(html)) return true;
    if (!answer.ok) {
      toast(refusalIn(html), 'bad');
      await renewPage();
      return false;
    }
    if (new URL(answer.url).pathname === location.pathname && !location.search) showPage(html);
    else await renewPage();
    return true;
  } catch {
    toast('The sandbox doesn’t answer. Is it still running?', 'bad');
    return false;
  }
}

/**
 * Shows both texts where somebody else changed what was edited. Returns whether the page is about that.
 *
 * @param {string} html
 */
function showConflict(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const main = page.querySelector('main:has([data-conflict])');
  if (!main) return false;
  /** @type {NodeListOf<HTMLDialogElement>} */
  const dialogs = document.querySelectorAll('dialog');
  for (const dialog of dialogs) dialog.close();
  document.getElementById('main')?.replaceWith(document.importNode(main, true));
  document.getElementById('main')?.focus();
  document.title = page.title;
  return true;
}

/** @param {string} html */
function refusalIn(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return page.querySelector('[data-refusal]')?.textContent?.trim() || 'That didn’t work.';
}

/** @param {HTMLFormElement} form */
function addressOf(form) {
  const address = new URL(form.action);
  address.search = String(new URLSearchParams(/** @type {any} */ (new FormData(form))));
  return address.href;
}

let swapping = 0;

/**
 * Goes to an address of this same page of which only a part differs, and shows that part.
 *
 * @param {string} address
 */
async function swap(address) {
  const turn = ++swapping;
  const answer = await fetch(address.replace(/#.*/, ''), { headers: { Accept: 'text/html' } });
  const html = await answer.text();
  if (turn !== swapping || !answer.ok) return;
  history.replaceState(null, '', address.replace(/#.*/, ''));
  showPage(html, '[data-swaps]');
}
