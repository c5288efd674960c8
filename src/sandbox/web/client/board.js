import { send } from './forms.js';
import { announce, renewPage } from './page.js';

const arrows = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** Moves cards: dragged, with the keyboard, or through a dialog. */
export function enhanceBoard() {
  const board = document.getElementById('board');
  if (!board) return;
  enableDragging(board);

  board.addEventListener('click', ({ target }) => {
    const button = /** @type {Element} */ (target).closest('[data-moves]');
    if (button) openMoveDialog(cardOf(button));
  });

  board.addEventListener('keydown', (event) => {
    const card = cardOf(/** @type {Element} */ (event.target));
    if (!board.dataset.mayMove || !card || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key.toLowerCase() === 'm') {
      event.preventDefault();
      openMoveDialog(card);
    } else if (event.shiftKey && arrows.has(event.key)) {
      event.preventDefault();
      moveByArrow(card, event.key);
    }
  });
}

/**
 * @param {Element | null} element
 * @returns {HTMLElement | null}
 */
function cardOf(element) {
  return element?.closest('.card') ?? null;
}

/** @param {HTMLElement} list */
function cardsIn(list) {
  return /** @type {HTMLElement[]} */ ([...list.querySelectorAll('.card:not(.dragged)')]);
}

/** @param {HTMLElement | null} card */
function openMoveDialog(card) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById('move-ticket'));
  const form = dialog?.querySelector('form');
  if (!card || !dialog || !form) return;
  form.action = `/tickets/${encodeURIComponent(card.dataset.ticket ?? '')}/move`;
  /** @type {HTMLElement} */ (document.getElementById('move-ticket-name')).textContent =
    card.dataset.title ?? '';
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem('target_column_id'));
  select.value = card.closest('.column')?.id ?? '';
  dialog.showModal();
}

/**
 * @param {HTMLElement} card
 * @param {string} key
 */
function moveByArrow(card, key) {
  const column = /** @type {HTMLElement} */ (card.closest('.column'));
  const list = /** @type {HTMLElement} */ (card.parentElement);
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const at = cardsIn(list).indexOf(card) + (key === 'ArrowUp' ? -1 : 1);
    if (at >= 0 && at < cardsIn(list).length) void moveCard(card, list, at);
    return;
  }
  const beside = key === 'ArrowLeft' ? column.previousElementSibling : column.nextElementSibling;
  const target = /** @type {HTMLElement | null} */ (beside?.querySelector('.cards') ?? null);
  if (target) void moveCard(card, target, Math.min(cardsIn(list).indexOf(card), cardsIn(target).length));
}

/**
 * Puts a card where it goes, and tells the server; the page that answers is right whatever the server decided.
 *
 * @param {HTMLElement} card
 * @param {HTMLElement} list
 * @param {number} position
 */
async function moveCard(card, list, position) {
  const column = /** @type {HTMLElement} */ (list.closest('.column'));
  const link = /** @type {HTMLElement | null} */ (card.querySelector('.card-title'));
  const hadFocus = card.contains(document.activeElement);
  const others = cardsIn(list).filter((other) => other !== card);
  list.insertBefore(card, others[position] ?? list.querySelector('.empty, .more'));
  if (hadFocus) link?.focus();
  const fields = new URLSearchParams({
    as: document.body.dataset.as ?? '',
    target_column_id: column.dataset.column ?? '',
    position: String(position),
    back: 'board',
  });
  const moved = await send(`/tickets/${encodeURIComponent(card.dataset.ticket ?? '')}/move`, fields);
  if (hadFocus) link?.focus();
  card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const name = column.querySelector('h2 span')?.textContent ?? '';
  if (moved) announce(`${card.dataset.title}: ${name}, place ${position + 1}`);
}

/** @param {HTMLElement} board */
function enableDragging(board) {
  const line = document.createElement('li');
  line.className = 'drop-line';
  /** @type {HTMLElement | null} */
  let dragged = null;

  board.addEventListener('dragstart', (event) => {
    dragged = cardOf(/** @type {Element} */ (event.target));
    if (!dragged || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.ticket ?? '');
    dragged.classList.add('dragged');
  });

  board.addEventListener('dragover', (event) => {
    const list = listAt(event);
    if (!dragged || !list) return;
    event.preventDefault();
    const after = cardsIn(list).find((card) => {
      const { top, height } = card.getBoundingClientRect();
      return event.clientY < top + height / 2;
    });
    const before = after ?? list.querySelector('.empty, .more');
    if (line.parentElement !== list || line.nextElementSibling !== before) list.insertBefore(line, before);
  });

  board.addEventListener('drop', (event) => {
    const list = line.parentElement;
    if (!dragged || !list) return;
    event.preventDefault();
    const card = dragged;
    const above = [...list.children].slice(0, [...list.children].indexOf(line));
    const position = above.filter((other) => other.matches('.card:not(.dragged)')).length;
    end();
    void moveCard(card, list, position);
  });

  board.addEventListener('dragend', () => {
    if (!dragged) return;
    end();
    // What changed meanwhile wasn't shown.
    void renewPage();
  });

  function end() {
    dragged?.classList.remove('dragged');
    dragged = null;
    line.remove();
  }
}

/**
 * The list of the column that the pointer is over.
 *
 * @param {DragEvent} event
 * @returns {HTMLElement | null}
 */
function listAt({ target }) {
  const column = /** @type {Element} */ (target).closest('.column');
  return column?.querySelector('.cards') ?? null;
}
