/** The form for a token: use cases, what a scope includes, which tools it brings, which projects are left. */
export function enhanceTokenForm() {
  const form = document.querySelector('.token-form');
  if (!form) return;
  form.addEventListener('change', showChoices);
  form.addEventListener('click', (event) => {
    const preset = /** @type {HTMLElement | null} */ (
      /** @type {Element} */ (event.target).closest('[data-preset]')
    );
    if (!preset) return;
    event.preventDefault();
    pick(preset.dataset.preset?.split(' ') ?? []);
  });
  showChoices();
  /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid]'))?.focus();
}

/** Shows what a picked scope includes, and which projects the picked companies leave. */
function showChoices() {
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
  showTools(new Set(scopes.filter(({ checked }) => checked).map(({ value }) => value)));
  const companies = inputs('[data-companies] input:checked').map(({ value }) => value);
  for (const project of inputs('[data-projects] input')) {
    project.disabled = companies.length > 0 && !companies.includes(project.dataset.company ?? '');
    if (project.disabled) project.checked = false;
  }
  const expires = /** @type {HTMLSelectElement | null} */ (document.getElementById('expires'));
  const day = /** @type {HTMLInputElement | null} */ (document.getElementById('expires-on'));
  if (expires && day) {
    day.hidden = expires.value !== 'on';
    day.required = !day.hidden;
  }
}

/**
 * Which tools the scopes bring.
 *
 * @param {Set<string>} scopes
 */
function showTools(scopes) {
  /** @type {NodeListOf<HTMLElement>} */
  const tools = document.querySelectorAll('[data-tool-scope]');
  let brought = 0;
  for (const tool of tools) {
    const { toolScope = '' } = tool.dataset;
    const isBrought = toolScope === '' || scopes.has(toolScope);
    tool.classList.toggle('off', !isBrought);
    if (isBrought) brought += 1;
  }
  const count = document.querySelector('[data-tool-count]');
  if (count) count.textContent = `${brought} of ${tools.length}`;
}

/**
 * Ticks the scopes of a use case.
 *
 * @param {string[]} wanted
 */
function pick(wanted) {
  for (const scope of inputs('[data-scopes] input')) {
    scope.disabled = false;
    scope.checked = wanted.includes(scope.value);
    scope.dataset.picked = scope.checked ? 'yes' : 'no';
  }
  showChoices();
}

/**
 * @param {string} selector
 * @returns {HTMLInputElement[]}
 */
function inputs(selector) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(selector))];
}
