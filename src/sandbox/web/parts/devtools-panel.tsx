import type { Child } from 'hono/jsx';
import type { Devtools } from '../../model/devtools.ts';
import {
  consoleEntries,
  countsOf,
  ENTRIES_PER_PAGE,
  errorEntries,
  type Filter,
  levels,
  networkEntries,
  type Panel,
  type Placed,
  panels,
} from '../data/devtools.ts';
import { ConsoleRow, ErrorRow, NetworkRow } from './devtools-rows.tsx';
import { Icon } from './icon.tsx';
import { PerformancePanel } from './performance-panel.tsx';

const names: Record<Panel, string> = {
  console: 'Console',
  network: 'Network',
  errors: 'Errors',
  performance: 'Performance',
};

interface Props {
  ticketId: string;
  data: Devtools;
  filter: Filter;
}

/** What the browser's own tools would have shown. One panel at a time, a hundred entries at a time. */
export function DevtoolsPanel({ ticketId, data, filter }: Props) {
  const path = `/tickets/${ticketId}`;
  const counts: Partial<Record<Panel, number>> = countsOf(data);
  // What one looks for in one panel, one looks for in the next.
  const words = filter.q ? `&q=${encodeURIComponent(filter.q)}` : '';
  return (
    <section class="panel devtools" id="devtools" data-swaps aria-labelledby="devtools-title">
      <h2 id="devtools-title">
        <Icon name="terminal" /> DevTools
      </h2>
      <nav class="tabs" aria-label="DevTools panels">
        {panels.map((panel) => (
          <a
            id={`devtools-${panel}`}
            href={`${path}?panel=${panel}${words}#devtools`}
            data-swap
            aria-current={panel === filter.panel ? 'page' : undefined}
          >
            {names[panel]} {counts[panel] !== undefined && <span class="count">{counts[panel]}</span>}
          </a>
        ))}
      </nav>
      {filter.panel === 'performance' ? (
        <PerformancePanel performance={data.performance} />
      ) : (
        <Entries ticketId={ticketId} data={data} filter={filter} />
      )}
    </section>
  );
}

function Entries({ ticketId, data, filter }: Props) {
  if (filter.panel === 'console') {
    return (
      <Listed ticketId={ticketId} filter={filter} entries={consoleEntries(data, filter)}>
        {(placed) => <ConsoleRow {...placed} />}
      </Listed>
    );
  }
  if (filter.panel === 'network') {
    const began = Math.min(...data.network.map(({ started_at }) => Date.parse(started_at)));
    return (
      <Listed ticketId={ticketId} filter={filter} entries={networkEntries(data, filter)}>
        {(placed) => <NetworkRow {...placed} ticketId={ticketId} began={began} />}
      </Listed>
    );
  }
  return (
    <Listed ticketId={ticketId} filter={filter} entries={errorEntries(data, filter)}>
      {(placed) => <ErrorRow {...placed} />}
    </Listed>
  );
}

function Listed<Entry>(props: {
  ticketId: string;
  filter: Filter;
  entries: Placed<Entry>[];
  children: (placed: Placed<Entry>) => Child;
}) {
  const { ticketId, filter, entries, children } = props;
  const from = Math.min(filter.from, Math.max(0, entries.length - 1));
  const shown = entries.slice(from, from + ENTRIES_PER_PAGE);
  return (
    <>
      <FilterForm ticketId={ticketId} filter={filter} />
      <p class="note" id="devtools-count" role="status">
        {entries.length === 0
          ? 'Nothing fits.'
          : `${from + 1} to ${from + shown.length} of ${entries.length}`}
      </p>
      <ol
        class={`entries entries-${filter.panel}`}
        id={`entries-${filter.panel}-${from}`}
        tabindex={0}
        aria-label={names[filter.panel]}
      >
        {shown.map((placed) => children(placed))}
      </ol>
      <Pages ticketId={ticketId} filter={filter} from={from} count={entries.length} />
    </>
  );
}

function FilterForm({ ticketId, filter }: { ticketId: string; filter: Filter }) {
  return (
    <form class="filters" action={`/tickets/${ticketId}#devtools`} data-swap>
      <input type="hidden" name="panel" value={filter.panel} />
      <label class="unheard" for="devtools-q">
        Text to look for
      </label>
      <input
        id="devtools-q"
        type="search"
        name="q"
        value={filter.q}
        placeholder={filter.panel === 'network' ? 'Method or address' : 'Text'}
      />
      {filter.panel === 'console' && (
        <Choice
          name="level"
          label="Level"
          chosen={filter.level}
          options={levels.map((level) => [level, level])}
        />
      )}
      {filter.panel === 'network' && (
        <Choice
          name="status"
          label="Status"
          chosen={filter.status}
          options={[
            ['failed', 'failed'],
            ['400', '400 and above'],
            ['500', '500 and above'],
          ]}
        />
      )}
      <button type="submit" class="button without-script">
        Filter
      </button>
    </form>
  );
}

function Choice(props: {
  name: string;
  label: string;
  chosen: string;
  options: (readonly [string, string])[];
}) {
  const id = `devtools-${props.name}`;
  return (
    <>
      <label class="unheard" for={id}>
        {props.label}
      </label>
      <select id={id} name={props.name}>
        <option value="">{props.label}: all</option>
        {props.options.map(([value, name]) => (
          <option value={value} selected={value === props.chosen}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}

function Pages(props: { ticketId: string; filter: Filter; from: number; count: number }) {
  const { filter, from, count } = props;
  const address = (start: number) => {
    const query = new URLSearchParams({ panel: filter.panel, from: String(start) });
    for (const name of ['q', 'level', 'status'] as const) if (filter[name]) query.set(name, filter[name]);
    return `/tickets/${props.ticketId}?${query}#devtools`;
  };
  if (count <= ENTRIES_PER_PAGE) return null;
  return (
    <p class="pages">
      {from > 0 && (
        <a
          class="button"
          id="devtools-earlier"
          data-swap
          href={address(Math.max(0, from - ENTRIES_PER_PAGE))}
        >
          Earlier
        </a>
      )}
      {from + ENTRIES_PER_PAGE < count && (
        <a class="button" id="devtools-later" data-swap href={address(from + ENTRIES_PER_PAGE)}>
          Next {Math.min(ENTRIES_PER_PAGE, count - from - ENTRIES_PER_PAGE)}
        </a>
      )}
    </p>
  );
}
