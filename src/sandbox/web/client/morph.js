import { Idiomorph } from './idiomorph.js';

/**
 * Makes what is shown equal to what the server says now, changing as little as it can: focus, scroll, what is being
 * typed, what is folded open all stay.
 *
 * @param {Document} fresh
 * @param {string} selector
 */
export function renew(fresh, selector = '[data-live]') {
  for (const shown of document.querySelectorAll(selector)) {
    const now = shown.id && fresh.getElementById(shown.id);
    // Nothing of it has to be waited for: that is about heads of pages.
    if (now) void Idiomorph.morph(shown, now, { callbacks });
  }
}

/** What a person did to an element is told by these; the server doesn't know of it. */
const own = new Set(['open', 'aria-busy', 'data-sending']);

const callbacks = {
  /**
   * @param {Node} shown
   * @param {Node} now
   */
  beforeNodeMorphed(shown, now) {
    // What it is about was put in by the script.
    if (shown instanceof HTMLDialogElement && shown.open && shown.id === 'move-ticket') return false;
    // One that was typed in and typed back no longer follows its first text by itself.
    if (isTextField(shown) && isTextField(now) && !isBeingEdited(shown)) {
      shown.defaultValue = now.defaultValue;
      shown.value = now.defaultValue;
    }
    return true;
  },

  /** @param {Node} shown */
  beforeNodeRemoved(shown) {
    // What was refused is the script's to say.
    return !(shown instanceof Element && shown.id === 'refusal');
  },

  /**
   * @param {string} name
   * @param {Element} element
   */
  beforeAttributeUpdated(name, element) {
    if (own.has(name)) return false;
    if (name === 'class') return !element.classList.contains('changed');
    if (name === 'value') return !isBeingEdited(element);
    if (name === 'checked') return !(element instanceof HTMLInputElement && isToggled(element));
    return !(name === 'selected' && element.closest('select') === document.activeElement);
  },

  /** @param {Node} shown */
  afterNodeMorphed(shown) {
    if (!(shown instanceof HTMLSelectElement) || shown === document.activeElement) return;
    const chosen = [...shown.options].findIndex((option) => option.defaultSelected);
    shown.selectedIndex = Math.max(0, chosen);
  },
};

/**
 * @param {unknown} node
 * @returns {node is HTMLInputElement | HTMLTextAreaElement}
 */
function isTextField(node) {
  return node instanceof HTMLTextAreaElement || (node instanceof HTMLInputElement && !isToggle(node));
}

/** @param {HTMLInputElement} input */
function isToggle({ type }) {
  return type === 'checkbox' || type === 'radio';
}

/** @param {HTMLInputElement} input */
function isToggled(input) {
  return isToggle(input) && input.checked !== input.defaultChecked;
}

/**
 * Whether a person has changed the field, or the one whose first text this says.
 *
 * @param {Element} element
 */
export function isBeingEdited(element) {
  const about = element instanceof HTMLInputElement && element.dataset.baseOf;
  const field = about ? element.form?.elements.namedItem(about) : element;
  return isTextField(field) && field.type !== 'hidden' && field.value !== field.defaultValue;
}
