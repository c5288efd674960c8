/** What only some panels take is refused with the others, before anything is sent: a filter that was dropped would show more. */
import { expect, test } from 'vitest';
import { shared } from '../support/ending.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { startInProcess } from '../support/in-process.ts';

const TICKET = {
  id: 't-abc123',
  devtools: {
    console: [{ level: 'log', args: ['x'] }],
    network: [{ url: 'https://x.example/', status: 200 }],
    errors: [{ message: 'x' }],
    performance: { lcp: 1 },
  },
};

const usual = shared(async () => {
  const api = await startFakeApi(({ path }) => (path === '/auth/token-info' ? undefined : { body: TICKET }));
  const { call, text, session } = startInProcess(api.env);
  await session.grant.untilKnown(2_000);
  return { api, call, text };
});

type Args = Record<string, unknown>;

const ask = async (args: Args) => {
  const { api, text } = usual();
  const before = api.requests.length;
  const said = await text('get_devtools', { ticket_id: TICKET.id, ...args });
  return { said, sent: api.requests.length - before };
};

const LISTS = 'console, network, errors or timeline';

test.each<[args: Args, says: string]>([
  [{ panel: 'console', min_status: 400 }, 'min_status is for panel network or timeline, not console'],
  [{ panel: 'errors', kind: 'fetch' }, 'kind is for panel network or timeline, not errors'],
  [{ panel: 'errors', level: 'warn' }, 'level warn is for panel console or timeline, not errors'],
  [{ panel: 'network', level: 'warn' }, 'level warn is for panel console or timeline, not network'],
  [
    { panel: 'performance', level: 'error', method: 'GET' },
    `level error is for panel ${LISTS}; method is for panel network or timeline, not performance`,
  ],
  [{ panel: 'performance', query: 'x' }, `query is for panel ${LISTS}, not performance`],
  [{ panel: 'performance', around: 'error' }, `around is for panel ${LISTS}, not performance`],
  [{ panel: 'performance', window: 2 }, `window is for panel ${LISTS}, not performance`],
  [{ panel: 'performance', entry: 1 }, 'entry is for panel console, network or errors, not performance'],
  [{ panel: 'performance', as: 'curl' }, 'as curl is for panel network, not performance'],
])('%j', async (args, says) => {
  const { said, sent } = await ask(args);
  expect(said).toBe(
    `validation_error (not_sent): get_devtools: ${says}.\nNext: Leave it out, or name another panel.`,
  );
  expect(sent).toBe(0);
});

test.each<Args>([
  { panel: 'console', min_status: 0, method: '', kind: null, level: 'log' },
  { panel: 'network', level: 'error', min_status: 400, method: 'GET', kind: 'fetch', query: 'x' },
  { panel: 'errors', level: 'error', bodies: true, repeats: true, order: 'newest' },
  { panel: 'performance', window: 5, min_status: 0, query: '', around: null, bodies: false, limit: 5 },
])('what a panel takes, and what hosts fill in: %j', async (args) => {
  const { said, sent } = await ask(args);
  expect(said).not.toContain('validation_error');
  expect(sent).toBe(1);
});
