import { toast, whenRenewed } from './page.js';
import { relative } from './relative.js';

/** Dialogs, copying, light and dark, times, the picture's annotations, one of several to be shown. */
export function enhanceWidgets() {
  document.addEventListener('click', ({ target }) => {
    const element = /** @type {Element} */ (target);
    const opener = /** @type {HTMLElement | null} */ (element.closest('[data-opens]'));
    if (opener) dialog(opener.dataset.opens ?? '')?.showModal();
    if (element.closest('[data-closes]') || element instanceof HTMLDialogElement) {
      element.closest('dialog')?.close();
    }
    const copier = /** @type {HTMLElement | null} */ (element.closest('[data-copies]'));
    if (copier) void copy(copier);
    if (element.closest('[data-theme-toggle]')) toggleTheme();
    const menu = document.querySelector('.person-menu[open]');
    if (menu && !menu.contains(element)) menu.removeAttribute('open');
  });
  document.addEventListener('keydown', ({ key }) => {
    const menu = document.querySelector('.person-menu[open]');
    if (key !== 'Escape' || !menu) return;
    menu.removeAttribute('open');
    menu.querySelector('summary')?.focus();
  });
  document.addEventListener('change', ({ target }) => {
    const control = /** @type {HTMLInputElement} */ (target);
    if (control.dataset.swapPicture) swapPicture(control);
    if (control.dataset.chooses) choose(control.dataset.chooses, control.value);
  });
  tellTimes();
  setInterval(tellTimes, 20_000);
  whenRenewed(tellTimes);
  restoreChoices();
}

/** @param {string} id */
function dialog(id) {
  return /** @type {HTMLDialogElement | null} */ (document.getElementById(id));
}

/** @param {HTMLElement} button */
async function copy(button) {
  const word = button.querySelector('[data-copy-word]');
  try {
    await navigator.clipboard.writeText(button.dataset.copies ?? '');
  } catch {
    toast('The browser doesn’t let pages copy. Select the text and copy it yourself.', 'bad');
    return;
  }
  button.classList.add('done');
  if (word) word.textContent = 'Copied';
  toast('Copied.', 'good');
  setTimeout(() => {
    button.classList.remove('done');
    if (word) word.textContent = word.getAttribute('data-copy-word');
  }, 2000);
}

function toggleTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, so that a page never flashes
  document.cookie = `toado_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
}

/** @param {HTMLInputElement} control */
function swapPicture(control) {
  const figure = control.closest('[data-screenshot]');
  const source = (control.checked ? control.dataset.with : control.dataset.swapPicture) ?? '';
  figure?.querySelector('img')?.setAttribute('src', source);
  figure?.querySelector('a')?.setAttribute('href', source);
}

/** Keeps “3 min ago” true. */
function tellTimes() {
  for (const element of document.querySelectorAll('time[data-relative]')) {
    const text = relative(new Date(element.getAttribute('datetime') ?? ''));
    if (element.textContent !== text) element.textContent = text;
  }
}

/**
 * Of several things, shows the chosen one, and remembers it for the next page.
 *
 * @param {string} name
 * @param {string} value
 */
function choose(name, value) {
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(`[data-choice="${CSS.escape(name)}"]`)
  )) {
    one.hidden = one.dataset.value !== value;
  }
  localStorage.setItem(`toado_${name}`, value);
}

function restoreChoices() {
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (
    document.querySelectorAll('[data-chooses]')
  )) {
    const name = select.dataset.chooses ?? '';
    const earlier = localStorage.getItem(`toado_${name}`);
    if ([...select.options].some(({ value }) => value === earlier)) select.value = earlier ?? '';
    choose(name, select.value);
  }
}
