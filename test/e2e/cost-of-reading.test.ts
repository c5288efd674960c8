/** What reading costs on the sandbox's own data: the 2 MB capture, the hostile ticket, incomplete captures. */
import { describe, expect, test } from 'vitest';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { type CallResult, SDKS, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-7Kq2Mx';
const HOSTILE = 't-Inj3ct';

/** The dearer of the two forms: clients put one of them before the model. */
function costOf(result: CallResult): number {
  return Math.max(estimateTokens(textOf(result)), estimateTokens(JSON.stringify(result.structuredContent)));
}

type Row = Record<string, unknown>;
const rowsOf = ({ structuredContent }: CallResult) => structuredContent!.items as Row[];

const sandbox = shared(() => startToado());

describe.each(SDKS)('%s', (sdk) => {
  const agent = shared(() => connectInProcess(sdk, { env: sandbox().env() }));

  describe('“checkout is broken”', () => {
    test('to the failing request’s body: two calls, under 3,000 tokens, from 2 MB', async () => {
      const toado = sandbox();
      const { call } = agent();
      const found = await call('search_tickets', { query: 'checkout is broken' });
      const [ticket] = rowsOf(found);
      const failed = await call('get_devtools', {
        ticket_id: ticket!.id,
        panel: 'network',
        min_status: 400,
        bodies: true,
      });
      const [request] = rowsOf(failed);
      expect(request).toMatchObject({ method: 'POST', status: 422 });
      expect(request!.request_body).toContain('"unit_amount":"1.249,00"');
      expect(request!.response_body).toContain('Amounts must be integers in minor units');
      for (const said of ['"1.249,00"', 'Amounts must be integers in minor units'])
        expect(textOf(failed)).toContain(said);

      const raw = await toado.request('GET', `/tickets/${BUG}`);
      const bytes = Buffer.byteLength(JSON.stringify(raw.body));
      expect(bytes).toBeGreaterThan(1_800_000);
      const cost = costOf(found) + costOf(failed);
      expect(cost).toBeLessThan(3_000);
      console.log(`two calls, about ${cost} tokens, from a ticket of ${bytes} bytes`);
    });

    test('get_ticket alone is small, and asks the API for the capture block only', async () => {
      const toado = sandbox();
      const { call } = agent();
      const result = await call('get_ticket', { ticket_id: BUG });
      expect(costOf(result)).toBeLessThan(700);
      expect(result.structuredContent).toMatchObject({ capture: { page_load_state: 'complete' } });
      expect(textOf(result)).toMatch(/More: list_comments, get_devtools, get_capture_asset\./);
      const asked = await toado.request('GET', `/tickets/${BUG}?include=capture`);
      expect(JSON.stringify(asked.body).length).toBeLessThan(10_000);

      const api = await startFakeApi(({ path }) =>
        path.startsWith('/tickets/') ? { body: { id: BUG, title: 'x' } } : undefined,
      );
      const watched = await connectInProcess(sdk, { env: api.env });
      await watched.call('get_ticket', { ticket_id: BUG });
      await watched.call('get_ticket', { ticket_id: BUG, include: ['annotations'] });
      const includes = api.requests.filter(({ path }) => path === `/tickets/${BUG}`);
      expect(includes.map(({ query }) => query.get('include'))).toEqual(['capture', 'capture,annotations']);
    });

    test('include devtools: the summary first, the likeliest failure in full, and where the rest is', async () => {
      const { call } = agent();
      const result = await call('get_ticket', { ticket_id: BUG, include: ['devtools'] });
      const text = textOf(result);
      const order = [
        'counts:',
        'first_errors',
        'first_console_errors',
        'likeliest_failure',
        'failed_requests',
        'latest_network',
        'latest_console',
      ];
      const places = order.map((part) => text.indexOf(part));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(Math.min(...places)).toBeGreaterThan(0);
      const devtools = result.structuredContent!.devtools as Record<string, Row & Row[]>;
      expect(devtools.likeliest_failure).toMatchObject({ status: 422, method: 'POST' });
      expect(devtools.likeliest_failure!.response_body).toContain('minor units');
      expect(devtools.failed_requests![0]).toMatchObject({ status: 422 });
      // Each entry has the number by which get_devtools shows it.
      const { n } = devtools.likeliest_failure!;
      const whole = await call('get_devtools', { ticket_id: BUG, panel: 'network', entry: n });
      expect((whole.structuredContent!.items as Row[])[0]).toMatchObject({ n, status: 422 });
      for (const list of ['first_errors', 'first_console_errors', 'latest_network', 'latest_console'])
        for (const row of devtools[list]!) expect(row.n, list).toBeGreaterThan(0);
      // 37 aborted beacons are one line.
      expect(devtools.failed_requests!.find(({ status }) => status === 0)).toMatchObject({ times: 37 });
      expect(text).toMatch(
        /devtools\.latest_console: \d+ of \d{4} shown; the rest: get_devtools, panel console, order newest\./,
      );
      expect(costOf(result)).toBeLessThan(8_000);
    });
  });

  describe('get_devtools', () => {
    test('filters, orders and pages; nothing is lost', async () => {
      const toado = sandbox();
      const { call } = agent();
      const get = (args: Row) => call('get_devtools', { ticket_id: BUG, ...args });
      const raw = (await toado.request('GET', `/tickets/${BUG}`)).body as {
        devtools: { network: Row[]; console: Row[]; errors: Row[] };
      };
      const { network, console: lines, errors } = raw.devtools;

      const errorLines = rowsOf(await get({ panel: 'console', level: 'error' }));
      expect(errorLines.map(({ at }) => at)).toEqual(
        lines.filter((one) => one.level === 'error').map(({ at }) => at),
      );
      expect(rowsOf(await get({ panel: 'errors' })).map(({ message }) => message)).toEqual(
        errors.map(({ message }) => message),
      );
      const newest = rowsOf(await get({ panel: 'network', order: 'newest', limit: 3, repeats: true }));
      expect(newest.map(({ url }) => url)).toEqual(
        network
          .slice(-3)
          .reverse()
          .map(({ url }) => url),
      );
      const oldest = rowsOf(await get({ panel: 'network', limit: 3, repeats: true }));
      expect(oldest.map(({ url }) => url)).toEqual(network.slice(0, 3).map(({ url }) => url));
      const posts = rowsOf(
        await get({ panel: 'network', query: 'post /api/cart', repeats: true, limit: 100 }),
      );
      expect(posts.length).toBeGreaterThan(0);
      for (const { method, url } of posts) expect(`${method} ${url}`).toMatch(/POST .*\/api\/cart/);
      const inBody = rowsOf(await get({ panel: 'network', query: '"1.249,00"' }));
      expect(inBody.map(({ status }) => status)).toContain(422);
      expect(inBody[0]).not.toHaveProperty('response_body');
      expect(inBody[0]!.response_body_chars).toBeGreaterThan(0);

      const failed = rowsOf(await get({ panel: 'network', level: 'error', repeats: true, limit: 100 }));
      const isFailed = ({ status }: Row) => status === 0 || (status as number) >= 400;
      expect(failed).toHaveLength(network.filter(isFailed).length);
      const grouped = rowsOf(await get({ panel: 'network', level: 'error' }));
      const counted = grouped.reduce((sum, { times = 1 }) => sum + (times as number), 0);
      expect(counted).toBe(failed.length);

      const seen: unknown[] = [];
      let cursor: unknown;
      do {
        const page = await get({
          panel: 'network',
          repeats: true,
          limit: 100,
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...rowsOf(page).map(({ started_at, url }) => `${started_at} ${url}`));
        cursor = page.structuredContent!.next_cursor;
      } while (cursor);
      expect(seen).toEqual(network.map(({ started_at, url }) => `${started_at} ${url}`));

      const performance = await get({ panel: 'performance', limit: 5 });
      expect(performance.structuredContent).toMatchObject({ lcp: expect.any(Number), items: { length: 5 } });
    });

    test('what a capture lacks is always said', async () => {
      const toado = sandbox();
      const { call } = agent();
      const all = (await toado.request('GET', '/tickets/search?query=the&limit=100')).body as {
        items: Row[];
      };
      const states = new Set<string>();
      for (const { id, has_capture } of all.items.filter((one) => one.has_capture)) {
        expect(has_capture).toBe(true);
        const raw = (await toado.request('GET', `/tickets/${id}?include=capture`)).body as {
          capture: { health: { section: string; state: string; reason: string }[] };
        };
        const { health } = raw.capture;
        if (states.has(String(health.length > 0))) continue;
        states.add(String(health.length > 0));
        for (const result of [
          await call('get_ticket', { ticket_id: id }),
          await call('get_devtools', { ticket_id: id, panel: 'network' }),
        ]) {
          if (health.length === 0) {
            expect(textOf(result)).not.toMatch(/incomplete|health/);
            continue;
          }
          expect(textOf(result)).toMatch(
            /This capture is incomplete: .*What is missing may still have happened\./,
          );
          for (const { section, state, reason } of health) {
            expect(textOf(result)).toContain(`${section} ${state}`);
            expect(textOf(result)).toContain(reason);
          }
        }
      }
      expect([...states].sort()).toEqual(['false', 'true']);
    });

    test('a ticket without a recording says so', async () => {
      const { text } = agent();
      expect(await text('get_devtools', { ticket_id: 't-bK6fLt', panel: 'console' })).toContain(
        'This ticket has no DevTools recording.',
      );
    });
  });

  test('the hostile ticket stays inside the fence, wherever it is shown', async () => {
    const connected = agent();
    const answers = [
      await connected.text('get_ticket', {
        ticket_id: HOSTILE,
        include: ['devtools', 'annotations', 'attachments'],
      }),
      await connected.text('list_comments', { ticket_id: HOSTILE }),
      await connected.text('search_tickets', { query: 'review stars' }),
      await connected.text('get_devtools', { ticket_id: HOSTILE, panel: 'console' }),
      await connected.text('get_devtools', { ticket_id: HOSTILE, panel: 'network', bodies: true }),
    ];
    const { contents } = await (
      connected.client as import('@modelcontextprotocol/client').Client
    ).readResource({
      uri: `toado://tickets/${HOSTILE}`,
    });
    answers.push((contents[0] as { text: string }).text);
    for (const text of answers) {
      const [, name] = /^<(toado-data-[0-9a-f]{12})>\n/.exec(text)!;
      expect(text.split(`</${name}>`)).toHaveLength(2);
      const own = text.split(`</${name}>`)[1]!;
      expect(own).not.toMatch(/ignore|SYSTEM|script|archive all/i);
    }
  });
});
