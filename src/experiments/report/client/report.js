// What report.html shows, drawn from the results that it holds. A run is drawn when it is looked at.
// @ts-check

export {};

/**
 * @typedef {{ scenario: string, runs: number, passed: number, errors: number, interval: { low: number, high: number } | null, k: number, passHatK: number, passAtK: number, calls: number, tokens: number, seconds: number, score: number, why: string | null }} Row
 * @typedef {{ kind: string, at: number, ms?: number | null, tool?: string, arguments?: string, failed?: boolean, text?: string, tokens?: number, action?: string, ticket?: string | null, what?: string, request?: string }} Happening
 * @typedef {{ scenario: string, attempt: number, status: 'passed' | 'failed' | 'error', error: string | null, why: string | null, score: number, checks: { label: string, must: boolean, held: boolean, saw: string }[], calls: number, tokens: number, seconds: number, answer: string, events: Happening[], changes: string[], boards: { project: string, columns: { name: string, before: string[], after: string[] }[] }[], titles: Record<string, string>, notes: string[], client: string | null }} Run
 * @typedef {{ results: { agent: string, program: string, started_at: string, scenarios: { name: string, title: string, about: string, task: string }[], runs: Run[], missing: string[] }, rows: Row[], all: Row }} Data
 */

/** @type {Data} */
const { results, rows, all } = JSON.parse(text(document.getElementById('data')));

/** @param {Element | null} element */
function text(element) {
  return element?.textContent ?? '';
}

/**
 * @param {string} name
 * @param {Record<string, string | number | boolean | EventListener | undefined>} properties
 * @param {...(Node | string | number | null | undefined | false)} children
 */
function h(name, properties = {}, ...children) {
  const isSvg = /^(svg|g|line|circle|text|title|path)$/.test(name) && properties.svg === true;
  const element = isSvg
    ? document.createElementNS('http://www.w3.org/2000/svg', name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false || key === 'svg') continue;
    if (typeof value === 'function') element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  for (const child of children)
    if (child !== null && child !== undefined && child !== false)
      element.append(child instanceof Node ? child : String(child));
  return element;
}

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)} %`;
/** @param {number} value */
const whole = (value) => Math.round(value).toLocaleString('en');
/** @param {{ scenario: string, attempt: number }} run */
const nameOf = ({ scenario, attempt }) => `${scenario}-${attempt}`;
/** @param {string} name */
const scenarioOf = (name) => results.scenarios.find((one) => one.name === name);
/** @param {Row} row */
const ran = ({ runs, errors }) => runs - errors;

function facts() {
  /** @param {string} name @param {string} value @param {string} [more] */
  const fact = (name, value, more) =>
    h('div', {}, h('dt', {}, name), h('dd', {}, value, more && h('small', {}, more)));
  const interval = all.interval && `95 %: ${percent(all.interval.low)} to ${percent(all.interval.high)}`;
  return h(
    'dl',
    { class: 'facts' },
    fact('Passed', `${all.passed} of ${ran(all)}`, interval || undefined),
    fact(`pass^${all.k}`, percent(all.passHatK), all.k === 1 ? 'one try each' : `all of ${all.k} tries pass`),
    fact(`pass@${all.k}`, percent(all.passAtK), all.k === 1 ? 'one try each' : `one of ${all.k} passes`),
    fact('Calls', all.calls.toFixed(1), 'a run'),
    fact('Tokens', whole(all.tokens), 'a run'),
    fact('Seconds', all.seconds.toFixed(1), 'a run'),
  );
}

function scenarioTable() {
  const head = ['Scenario', 'Passed', 'pass^k', 'pass@k', 'Score', 'Calls', 'Tokens', 'Seconds', 'Why not'];
  const body = rows.map((row) => {
    const scenario = scenarioOf(row.scenario);
    const share = ran(row) === 0 ? 0 : row.passed / ran(row);
    const bar = h(
      'span',
      { class: 'bar', 'aria-hidden': 'true' },
      h('i', { 'data-width': String(share * 100) }),
    );
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, row.scenario, h('small', {}, scenario?.title)),
      h(
        'td',
        {},
        h(
          'span',
          { class: 'share' },
          bar,
          `${row.passed} of ${ran(row)}`,
          row.interval &&
            h('span', { class: 'muted' }, `${percent(row.interval.low)}–${percent(row.interval.high)}`),
        ),
      ),
      h('td', { class: 'number' }, percent(row.passHatK)),
      h('td', { class: 'number' }, percent(row.passAtK)),
      h('td', { class: 'number' }, percent(row.score)),
      h('td', { class: 'number' }, row.calls.toFixed(1)),
      h('td', { class: 'number' }, whole(row.tokens)),
      h('td', { class: 'number' }, row.seconds.toFixed(1)),
      h('td', { class: 'why' }, row.why ?? ''),
    );
  });
  const numbers = new Set(head.slice(2, 8));
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Scenarios' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...head.map((one) => h('th', { scope: 'col', class: numbers.has(one) ? 'number' : '' }, one)),
        ),
      ),
      h('tbody', {}, ...body),
    ),
  );
}

/** Success against tokens: what an agent is good at, and at what cost. */
function plot() {
  const [width, height, left, right, top, bottom] = [1000, 330, 56, 24, 22, 44];
  const most = niceMaximum(Math.max(1, ...rows.map(({ tokens }) => tokens)));
  /** @param {number} tokens */
  const x = (tokens) => left + (tokens / most) * (width - left - right);
  /** @param {number} share */
  const y = (share) => top + (1 - share) * (height - top - bottom);
  /** @type {Node[]} */
  const parts = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    parts.push(h('line', { svg: true, x1: left, x2: width - right, y1: y(share), y2: y(share) }));
    parts.push(h('text', { svg: true, x: left - 8, y: y(share) + 4, 'text-anchor': 'end' }, percent(share)));
  }
  for (let step = 0; step <= 4; step++) {
    const tokens = (most * step) / 4;
    parts.push(
      h('text', { svg: true, x: x(tokens), y: height - 20, 'text-anchor': 'middle' }, whole(tokens)),
    );
  }
  parts.push(h('text', { svg: true, x: width - right, y: height - 4, 'text-anchor': 'end' }, 'tokens a run'));
  /** @type {{ x: number, y: number, end: number }[]} */
  const taken = [];
  for (const row of [...rows].sort((a, b) => a.tokens - b.tokens)) {
    const share = ran(row) === 0 ? 0 : row.passed / ran(row);
    const [at, level] = [x(row.tokens), y(share)];
    if (row.interval)
      parts.push(
        h('line', {
          svg: true,
          class: 'whisker',
          x1: at,
          x2: at,
          y1: y(row.interval.low),
          y2: y(row.interval.high),
        }),
      );
    const kind = share === 1 ? '' : share === 0 ? 'none' : 'some';
    const title = `${row.scenario}: ${row.passed} of ${ran(row)} passed, ${whole(row.tokens)} tokens`;
    parts.push(
      h('circle', { svg: true, class: kind, cx: at, cy: level, r: 6 }, h('title', { svg: true }, title)),
    );
    const label = placed(taken, at, level, row.scenario, width - right, height - bottom);
    if (label)
      parts.push(
        h(
          'text',
          { svg: true, class: 'name', x: label.x, y: label.y, 'text-anchor': label.anchor },
          row.scenario,
        ),
      );
  }
  const svg = h(
    'svg',
    {
      svg: true,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': 'Success against tokens, a point a scenario; the table below has the numbers',
    },
    ...parts,
  );
  return h('div', { class: 'plot', tabindex: 0, role: 'region', 'aria-label': 'Plot' }, svg);
}

/**
 * Where a point's name has room; nowhere, and it is left out: the table has it.
 * @param {{ x: number, y: number, end: number }[]} taken
 * @param {number} at
 * @param {number} level
 * @param {string} name
 * @param {number} edge
 * @param {number} floor
 */
function placed(taken, at, level, name, edge, floor) {
  const wide = name.length * 6.6;
  for (const [dx, dy] of [
    [10, 4],
    [10, 18],
    [10, -10],
    [10, 32],
    [10, -24],
    [10, 46],
    [10, -38],
    [10, 60],
    [10, 74],
    [10, 88],
    [10, 102],
  ]) {
    const toLeft = at + dx + wide > edge;
    const x = toLeft ? at - dx - wide : at + dx;
    const y = level + dy;
    if (y < 14 || y > floor - 4) continue;
    if (taken.some((one) => Math.abs(one.y - y) < 13 && x < one.end && x + wide > one.x)) continue;
    taken.push({ x, y, end: x + wide });
    return { x: toLeft ? at - dx : x, y, anchor: toLeft ? 'end' : 'start' };
  }
  return undefined;
}

/** @param {number} value */
function niceMaximum(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return (
    [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((one) => one * power).find((one) => one >= value) ?? value
  );
}

function runList() {
  const groups = rows.map(({ scenario }) =>
    h(
      'div',
      { class: 'group' },
      h('span', {}, scenario),
      h(
        'ul',
        { class: 'runs' },
        ...results.runs
          .filter((run) => run.scenario === scenario)
          .map((run) =>
            h(
              'li',
              {},
              h(
                'a',
                {
                  class: run.status,
                  href: `#${nameOf(run)}`,
                  title: run.why ?? run.error ?? 'passed',
                  'aria-label': `${scenario} ${run.attempt}: ${run.status}`,
                },
                run.attempt,
              ),
            ),
          ),
      ),
    ),
  );
  return h('div', {}, ...groups);
}

/** @param {Run} run */
function runDetail(run) {
  const scenario = scenarioOf(run.scenario);
  return h(
    'section',
    { class: 'run', 'aria-label': `Run ${nameOf(run)}` },
    h(
      'h3',
      { tabindex: -1 },
      `${run.scenario} ${run.attempt}`,
      h('span', { class: `tag ${run.status}` }, run.status),
      run.why && h('span', { class: 'muted' }, run.why),
    ),
    h(
      'p',
      { class: 'muted' },
      `${run.calls} calls, ${whole(run.tokens)} tokens, ${run.seconds.toFixed(1)} s, score ${percent(run.score)}${run.client ? `, ${run.client}` : ''}`,
    ),
    run.error && h('p', { class: 'note' }, run.error),
    ...run.notes.map((note) => h('p', { class: 'note' }, note)),
    h('details', {}, h('summary', {}, 'The task'), h('pre', { tabindex: 0 }, scenario?.task ?? '')),
    h(
      'div',
      { class: 'columns' },
      h('div', {}, h('h3', {}, 'What happened'), h('ol', { class: 'time' }, ...run.events.map(happened))),
      h('div', {}, h('h3', {}, 'Checks'), h('ul', { class: 'checks' }, ...run.checks.map(check))),
    ),
    h('h3', {}, 'Changed'),
    run.changes.length === 0
      ? h('p', { class: 'muted' }, 'Nothing was changed.')
      : h('ul', {}, ...run.changes.map((change) => h('li', {}, h('code', {}, change)))),
    ...run.boards.map((board) => boards(board, run.titles)),
  );
}

/** @param {Happening} event */
function happened(event) {
  const at = h('span', { class: 'at' }, `${(event.at / 1000).toFixed(1)} s`);
  /** @param {string} kind @param {...Node} what */
  const line = (kind, ...what) => h('li', { class: kind }, at, h('span', { class: 'what' }, ...what));
  if (event.kind === 'write')
    return line(
      'write',
      document.createTextNode(`wrote: ${event.action}${event.ticket ? ` on ${event.ticket}` : ''}`),
    );
  if (event.kind === 'fault')
    return line('fault', document.createTextNode(`fault: ${event.what} (${event.request})`));
  if (event.kind === 'answer')
    return line('answer', document.createTextNode('answered'), h('pre', { tabindex: 0 }, event.text));
  const given = event.arguments === '{}' ? '' : event.arguments;
  return line(
    event.failed ? 'bad' : 'call',
    h(
      'details',
      {},
      h(
        'summary',
        {},
        h('code', {}, `${event.tool}(${given})`),
        h(
          'span',
          { class: 'muted' },
          ` ${event.failed ? 'failed, ' : ''}${event.ms ?? '?'} ms, ${whole(event.tokens ?? 0)} tokens`,
        ),
      ),
      h('pre', { tabindex: 0 }, event.text || 'No answer.'),
    ),
  );
}

/** @param {Run['checks'][number]} check */
function check({ label, must, held, saw }) {
  return h(
    'li',
    {},
    h(
      'span',
      { class: held ? 'held' : 'not', role: 'img', 'aria-label': held ? 'held' : 'did not hold' },
      held ? '✓' : '✗',
    ),
    h('span', {}, label, !must && h('span', { class: 'muted' }, ' (score)'), h('small', {}, saw)),
  );
}

/** @param {Run['boards'][number]} board @param {Run['titles']} titles */
function boards({ project, columns }, titles) {
  const moved = new Set(
    columns.flatMap(({ before, after }) => [
      ...before.filter((id) => !after.includes(id)),
      ...after.filter((id) => !before.includes(id)),
    ]),
  );
  /** @param {'before' | 'after'} when */
  const side = (when) =>
    h(
      'div',
      { class: 'board', tabindex: 0, role: 'region', 'aria-label': `${project}, ${when}` },
      ...columns.map((column) =>
        h(
          'section',
          {},
          h('h5', {}, `${column.name} (${column[when].length})`),
          ...column[when].map((id) =>
            h('div', { class: moved.has(id) ? 'card moved' : 'card' }, h('code', {}, id), titles[id] ?? ''),
          ),
        ),
      ),
    );
  return h(
    'details',
    { open: moved.size > 0 },
    h('summary', {}, `The board of ${project}, before and after`),
    h('h4', {}, 'Before'),
    side('before'),
    h('h4', {}, 'After'),
    side('after'),
  );
}

function themeButton() {
  return h(
    'button',
    {
      type: 'button',
      click: () => {
        const { dataset } = document.documentElement;
        const isDark = dataset.theme
          ? dataset.theme === 'dark'
          : matchMedia('(prefers-color-scheme: dark)').matches;
        dataset.theme = isDark ? 'light' : 'dark';
      },
    },
    'Light or dark',
  );
}

const shown = h('div', { id: 'run' });

/** @param {boolean} jump */
function showRun(jump) {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const run = results.runs.find((one) => nameOf(one) === wanted);
  for (const link of document.querySelectorAll('.runs a'))
    if (link.getAttribute('href') === `#${wanted}`) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  shown.replaceChildren(...(run ? [runDetail(run)] : []));
  if (!run || !jump) return;
  const heading = shown.querySelector('h3');
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'start' });
}

document.body.append(
  h(
    'header',
    {},
    h('h1', {}, 'Toado experiments'),
    h(
      'p',
      {},
      `${results.agent} · ${results.program} · ${results.started_at.slice(0, 16).replace('T', ' ')} UTC`,
    ),
    themeButton(),
  ),
  h(
    'main',
    {},
    facts(),
    results.missing.length > 0 && h('p', { class: 'note' }, `Not done: ${results.missing.join(', ')}.`),
    h('h2', {}, 'Success against tokens'),
    plot(),
    h('h2', {}, 'Scenarios'),
    scenarioTable(),
    h('h2', { id: 'runs' }, 'Runs'),
    runList(),
    shown,
  ),
);
// The page's policy allows no style attributes; widths are set as properties.
for (const bar of document.querySelectorAll('[data-width]'))
  if (bar instanceof HTMLElement) bar.style.width = `${bar.dataset.width}%`;
addEventListener('hashchange', () => showRun(true));
showRun(location.hash.length > 1);
document.documentElement.dataset.drawnMs = String(Math.round(performance.now()));
