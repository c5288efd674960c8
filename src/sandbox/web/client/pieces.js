import { toast, whenRenewed } from './page.js';
import { relative } from './relative.js';

/** Dialogs, copying, light and dark, times, the picture's annotations, the form for a token. */
export function enhancePieces() {
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
    if (control.closest('.token-form')) showInclusions();
  });
  tellTimes();
  setInterval(tellTimes, 20_000);
  whenRenewed(tellTimes);
  showInclusions();
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
    if (word) word.textContent = 'Copy';
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

/** Shows what a picked scope includes, and which projects the picked companies leave. */
function showInclusions() {
  const scopes = inputs('[data-scopes] input');
  // Freed first: what was included may itself have been picked, and then includes others.
  for (const scope of scopes) {
    if (!scope.disabled) continue;
    scope.disabled = false;
    scope.checked = scope.dataset.picked === 'yes';
  }
  const picked = scopes.filter(({ checked }) => checked);
  for (const scope of scopes) {
    const includer = picked.findLast(({ dataset }) => dataset.includes?.split(' ').includes(scope.value));
    const word = document.querySelector(`[data-included-by="${CSS.escape(scope.value)}"]`);
    if (word) word.textContent = includer ? `included in ${includer.value}` : '';
    if (!includer) continue;
    scope.dataset.picked = scope.checked ? 'yes' : 'no';
    scope.checked = true;
    scope.disabled = true;
  }
  const companies = inputs('[data-companies] input:checked').map(({ value }) => value);
  for (const project of inputs('[data-projects] input')) {
    project.disabled = companies.length > 0 && !companies.includes(project.dataset.company ?? '');
    if (project.disabled) project.checked = false;
  }
}

/**
 * @param {string} selector
 * @returns {HTMLInputElement[]}
 */
function inputs(selector) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(selector))];
}
