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
  // Of what could not be run there is nothing to tell.
  if (ran(all) === 0)
    return h('dl', { class: 'facts' }, fact('Passed', '0 of 0'), fact('Not run', String(all.errors)));
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
  const numbers = ['pass^k', 'pass@k', 'Score', 'Calls', 'Tokens', 'Seconds'];
  const head = ['Scenario', 'Runs', 'Passed', ...numbers, 'Why not'];
  const body = rows.map((row) => {
    const told = ran(row) > 0;
    const values = [
      percent(row.passHatK),
      percent(row.passAtK),
      percent(row.score),
      row.calls.toFixed(1),
      whole(row.tokens),
      row.seconds.toFixed(1),
    ];
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, row.scenario, h('small', {}, scenarioOf(row.scenario)?.title)),
      h('td', { class: 'links' }, runLinks(row.scenario)),
      h(
        'td',
        { class: 'share' },
        `${row.passed} of ${ran(row)}`,
        row.interval && h('small', {}, `${percent(row.interval.low)} to ${percent(row.interval.high)}`),
      ),
      ...values.map((value, at) =>
        h('td', { class: 'number', 'data-label': numbers[at] }, told ? value : '–'),
      ),
      h('td', { class: 'why' }, row.why ?? ''),
    );
  });
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
          ...head.map((one) => h('th', { scope: 'col', class: numbers.includes(one) ? 'number' : '' }, one)),
        ),
      ),
      h('tbody', {}, ...body),
    ),
  );
}

/** @param {string} scenario */
function runLinks(scenario) {
  const its = results.runs.filter((run) => run.scenario === scenario);
  return h(
    'ul',
    { class: 'runs' },
    ...its.map((run) =>
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
  );
}

/** Success against tokens: what an agent is good at, and at what cost. */
function plot() {
  // On a phone it is drawn for a phone, instead of being scaled down.
  const width = innerWidth < 760 ? 460 : 1000;
  const [height, left, right, top, bottom] = [330, 56, 24, 22, 44];
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
  const points = rows.filter(ran).map((row) => {
    const share = row.passed / ran(row);
    return { row, share, at: x(row.tokens), level: y(share) };
  });
  // Names keep clear of all points, and of each other.
  const taken = points.map(({ at, level }) => ({ x: at - 8, end: at + 8, y: level + 4 }));
  for (const { row, share, at, level } of points) {
    const kind = share === 1 ? '' : share === 0 ? 'none' : 'some';
    const interval = row.interval
      ? `, 95 %: ${percent(row.interval.low)} to ${percent(row.interval.high)}`
      : '';
    const title = `${row.scenario}: ${row.passed} of ${ran(row)} passed${interval}, ${whole(row.tokens)} tokens`;
    parts.push(
      h('circle', { svg: true, class: kind, cx: at, cy: level, r: 6 }, h('title', { svg: true }, title)),
    );
    const label = placed(taken, at, level, row.scenario, {
      left,
      right: width - right,
      floor: height - bottom,
    });
    if (!label) continue;
    // Below the points.
    if (label.far)
      parts.unshift(
        h('line', {
          svg: true,
          class: 'lead',
          x1: at,
          y1: level,
          x2: at,
          y2: label.y + (label.y > level ? -11 : 3),
        }),
      );
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
 * Where a point's name has room: beside it, or above or below it with a line that leads there. Nowhere, and it is left
 * out: the table has it.
 * @param {{ x: number, y: number, end: number }[]} taken
 * @param {number} at
 * @param {number} level
 * @param {string} name
 * @param {{ left: number, right: number, floor: number }} edges
 */
function placed(taken, at, level, name, { left, right, floor }) {
  const wide = name.length * 7.4;
  for (const dy of [4, -12, 22, -28, 38, -44, 54, -60, 70, -76, 86, 102, 118, 134])
    for (const [anchor, x] of /** @type {const} */ ([
      ['start', at + (dy === 4 ? 11 : -6)],
      ['end', at - (dy === 4 ? 11 : -6)],
    ])) {
      const y = level + dy;
      const [from, to] = anchor === 'start' ? [x, x + wide] : [x - wide, x];
      if (y < 12 || y > floor - 4 || from < left || to > right) continue;
      if (taken.some((one) => Math.abs(one.y - y) < 14 && from < one.end + 6 && to > one.x - 6)) continue;
      taken.push({ x: from, y, end: to });
      return { x, y, anchor, far: Math.abs(dy) > 22 };
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
      run.why && h('span', { class: 'reason' }, run.why),
      h('a', { class: 'up', href: '#' }, 'All runs'),
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
  return line(
    event.failed ? 'bad' : 'call',
    h(
      'details',
      {},
      h(
        'summary',
        {},
        h('code', {}, h('b', {}, event.tool), ...given(event.arguments ?? '{}')),
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

/**
 * A call's arguments, by their names; the text as it is where it was cut.
 * @param {string} text
 */
function given(text) {
  /** @type {Record<string, unknown>} */
  let values;
  try {
    values = JSON.parse(text);
  } catch {
    return [` ${text}`];
  }
  return Object.entries(values).flatMap(([name, value]) => [
    ' ',
    h('span', { class: 'muted' }, `${name}: `),
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
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
    h('p', { class: 'muted' }, 'A number is a run: what it did, step by step, is behind it.'),
    shown,
  ),
);
addEventListener('hashchange', () => showRun(true));
showRun(location.hash.length > 1);
