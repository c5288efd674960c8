import { openDialog } from './page.js';

/** Keys that work everywhere but where somebody writes; the sheet that `?` opens names them. */
export function enhanceShortcuts() {
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') {
      event.preventDefault();
      open('jump');
      return;
    }
    if (ctrlKey || metaKey || altKey || isWriting(target) || openDialog()) return;
    const act = { '/': focusSearch, '?': () => open('keys'), c: newTicket }[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  const input = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-jump]'));
  input?.addEventListener('input', () => narrow(input.value));
  input?.form?.addEventListener('submit', (event) => {
    const first = links().find((link) => !link.parentElement?.hidden);
    if (!first || input.value.trim() === '') return;
    event.preventDefault();
    location.href = first.href;
  });
  // A page that leads here to make a ticket.
  if (new URLSearchParams(location.search).has('new') && open('new-ticket')) {
    history.replaceState(null, '', location.pathname);
  }
}

/** @param {EventTarget | null} target */
function isWriting(target) {
  return (
    target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
  );
}

/** @param {string} id */
function open(id) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(id));
  if (!dialog) return false;
  // A text that is shown to be copied goes with its dialog.
  for (const other of document.querySelectorAll('dialog[open]:not(.unsaved-text)')) {
    if (other !== dialog) /** @type {HTMLDialogElement} */ (other).close();
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
  return true;
}

function focusSearch() {
  const input = /** @type {HTMLInputElement | null} */ (
    document.querySelector('main input[type=search]:not(#devtools-q)') ??
      document.querySelector('[data-search]')
  );
  // On a phone the menu is closed.
  if (input && input.offsetParent === null) document.getElementById('side')?.showPopover();
  input?.focus();
  input?.select();
}

function newTicket() {
  if (open('new-ticket')) return;
  const board = /** @type {HTMLAnchorElement | null} */ (
    document.querySelector('.nav-link[aria-current][href^="/projects/"]') ??
      document.querySelector('.nav-link[href^="/projects/"]')
  );
  if (board) location.href = `${board.pathname}?new`;
}

/** @returns {HTMLAnchorElement[]} */
function links() {
  return [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('[data-jump-name]'))];
}

/** @param {string} text */
function narrow(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const link of links()) {
    const item = link.parentElement;
    if (item) item.hidden = !words.every((word) => link.dataset.jumpName?.includes(word));
  }
}
