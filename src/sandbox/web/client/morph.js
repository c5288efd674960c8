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
    if (now) morph(shown, now);
  }
}

/**
 * @param {Element} shown
 * @param {Element} now
 */
function morph(shown, now) {
  // What it is about was put in by the script.
  if (shown instanceof HTMLDialogElement && shown.open && shown.id === 'move-ticket') return;
  copyAttributes(shown, now);
  if (shown instanceof HTMLTextAreaElement) {
    if (shown.value === shown.defaultValue) shown.value = now.textContent ?? '';
    shown.defaultValue = now.textContent ?? '';
    return;
  }
  morphChildren(shown, now);
  if (shown instanceof HTMLSelectElement && shown !== document.activeElement) {
    const chosen = [...shown.options].findIndex((option) => option.defaultSelected);
    shown.selectedIndex = Math.max(0, chosen);
  }
}

/** What a person did to an element is told by these; the server doesn't know of it. */
const own = new Set(['open', 'aria-busy', 'data-sending']);

/**
 * @param {Element} shown
 * @param {Element} now
 */
function copyAttributes(shown, now) {
  for (const { name } of [...shown.attributes]) {
    if (!now.hasAttribute(name) && !own.has(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (shown.getAttribute(name) === value || own.has(name)) continue;
    if (name === 'class' && shown.classList.contains('changed')) continue;
    if (name === 'value' && shown instanceof HTMLInputElement && isBeingEdited(shown)) continue;
    shown.setAttribute(name, value);
  }
}

/**
 * Whether a person has changed the field, or the one whose first text this says.
 *
 * @param {HTMLInputElement} input
 */
function isBeingEdited(input) {
  const field = input.dataset.baseOf ? input.form?.elements.namedItem(input.dataset.baseOf) : input;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false;
  return field.type !== 'hidden' && field.value !== field.defaultValue;
}

/**
 * @param {Element} parent
 * @param {Element} now
 */
function morphChildren(parent, now) {
  const known = new Map();
  for (const child of parent.children) if (child.id) known.set(child.id, child);
  /** @type {ChildNode | null} */
  let place = parent.firstChild;
  for (const wanted of [...now.childNodes]) {
    let match = wanted instanceof Element && wanted.id ? adopt(wanted.id, known) : likeIt(place, wanted);
    if (!match) {
      match = /** @type {ChildNode} */ (document.importNode(wanted, true));
      parent.insertBefore(match, place);
    } else {
      if (match !== place) parent.insertBefore(match, place);
      if (match instanceof Element && wanted instanceof Element) morph(match, wanted);
      else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
    }
    place = match.nextSibling;
  }
  while (place) {
    const after = place.nextSibling;
    place.remove();
    place = after;
  }
}

/**
 * The element with this id: among the siblings, or anywhere on the page (a card that changed its column).
 *
 * @param {string} id
 * @param {Map<string, Element>} known
 * @returns {Element | undefined}
 */
function adopt(id, known) {
  return known.get(id) ?? document.getElementById(id) ?? undefined;
}

/**
 * The node at this place, when it is of the kind that is wanted and has no name of its own.
 *
 * @param {ChildNode | null} place
 * @param {ChildNode} wanted
 * @returns {ChildNode | undefined}
 */
function likeIt(place, wanted) {
  if (!place || place.nodeType !== wanted.nodeType || place.nodeName !== wanted.nodeName) return undefined;
  return place instanceof Element && place.id ? undefined : place;
}
