import { isBeingEdited } from './morph.js';

/**
 * What was being typed where the page no longer takes it, since its reader is somebody else now or may no longer write:
 * shown as a text to be copied.
 */

/** Over a page that is opened anew. */
const STORED = 'toado_kept_text';

/** @returns {HTMLTextAreaElement[]} the fields with a text that isn't sent yet. */
export function fieldsBeingTyped() {
  return [
    .../** @type {NodeListOf<HTMLTextAreaElement>} */ (
      document.querySelectorAll('form[method=post] :is(textarea, input[type=text], input:not([type]))')
    ),
  ].filter((field) => !field.readOnly && field.value.trim() && isBeingEdited(field));
}

/** @param {HTMLTextAreaElement[]} fields that were there before the page was renewed. */
export function showLost(fields) {
  show(fields.filter((field) => !field.isConnected).map(({ value }) => value));
}

/** Keeps what is being typed while this address is loaded. */
export function keepWhileOpening() {
  const texts = fieldsBeingTyped().map(({ value }) => value);
  if (texts.length > 0) sessionStorage.setItem(STORED, JSON.stringify(texts));
}

/** Shows what was kept by the page before this one. */
export function showKept() {
  const stored = sessionStorage.getItem(STORED);
  sessionStorage.removeItem(STORED);
  if (stored) show(JSON.parse(stored));
}

/** @param {string[]} texts */
function show(texts) {
  if (texts.length === 0) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog unsaved-text';
  dialog.setAttribute('aria-labelledby', 'unsaved-text-title');
  const title = document.createElement('h2');
  title.id = 'unsaved-text-title';
  title.textContent = 'This page takes no text from you now';
  const why = document.createElement('p');
  why.textContent = 'Here is what you were typing, to be copied.';
  const kept = texts.map((text) => {
    const field = document.createElement('textarea');
    field.readOnly = true;
    field.rows = 6;
    field.value = text;
    field.setAttribute('aria-label', 'What you were typing');
    return field;
  });
  const buttons = document.createElement('div');
  buttons.className = 'buttons';
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button';
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  buttons.append(close);
  dialog.append(title, why, ...kept, buttons);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  kept[0]?.select();
}
