import { describe, expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { connect } from '../support/program.ts';
import { startToado } from '../support/toado.ts';

const lines = (stderr: string) => stderr.split('\n').filter(Boolean);

const sandbox = shared(() => startToado());

const STARTS = [
  ['sdk 1.x', 'the built program', connect],
  ['sdk 2.x modern', 'in process', connectInProcess],
] as const;

describe.each(STARTS)('%s, %s', (sdk, _, start) => {
  async function aFewCalls(toado: Awaited<ReturnType<typeof startToado>>, args: string[]) {
    const agent = await start(sdk, { args, env: toado.env('triage') });
    await agent.toolNames();
    const { structuredContent } = await agent.call('search_tickets', { query: 'checkout' });
    const [ticket] = (structuredContent as { items: { id: string }[] }).items;
    await agent.call('add_comment', { ticket_id: ticket!.id, body: 'the words of this comment' });
    await agent.call('get_ticket', { ticket_id: 't-zzzzzz' });
    return { stderr: agent.stderr, close: agent.close, ticket: ticket!.id, token: toado.token('triage') };
  }

  describe('logs', () => {
    test('a healthy start is one line, and calls add none', async () => {
      const toado = sandbox();
      const { stderr } = await aFewCalls(toado, []);
      expect(lines(stderr())).toEqual([
        `toado-mcp: ready at ${toado.apiUrl} as Jason (claude-code on macbook): ${tools.length} tools offered, 0 withheld (scopes: read, comments, tickets:write, tickets:assign)`,
      ]);
    });

    test('debug adds a line for each request: method, path, status, time', async () => {
      const toado = sandbox();
      const { stderr, ticket, token } = await aFewCalls(toado, ['--log-level', 'debug']);
      expect(stderr()).toMatch(/^toado-mcp debug: GET \/auth\/token-info status=200 ms=\d+ attempt=1$/m);
      expect(stderr()).toMatch(/^toado-mcp debug: GET \/tickets\/search status=200 ms=\d+ attempt=1$/m);
      expect(stderr()).toMatch(
        new RegExp(`^toado-mcp debug: POST /tickets/${ticket}/comments status=201 ms=\\d+ attempt=1$`, 'm'),
      );
      expect(stderr()).toMatch(/^toado-mcp debug: GET \/tickets\/t-zzzzzz status=404 ms=\d+ attempt=1$/m);
      expect(stderr()).not.toContain('the words of this comment');
      expect(stderr()).not.toContain('checkout');
      expect(stderr()).not.toContain(token);
    });

    test('--log-format json: every line is an object with time, level and message', async () => {
      const toado = sandbox();
      const { stderr, token } = await aFewCalls(toado, ['--log-level', 'debug', '--log-format', 'json']);
      const records = lines(stderr()).map((line) => JSON.parse(line) as Record<string, unknown>);
      for (const { time, level, message } of records) {
        expect(new Date(String(time)).toISOString()).toBe(time);
        expect(['error', 'warn', 'info', 'debug']).toContain(level);
        expect(typeof message).toBe('string');
      }
      expect(records).toContainEqual(
        expect.objectContaining({
          message: 'GET /tickets/search',
          status: 200,
          ms: expect.any(Number),
          attempt: 1,
        }),
      );
      expect(stderr()).not.toContain('the words of this comment');
      expect(stderr()).not.toContain(token);
    });

    test('--log-format json holds where the settings can’t be used, too', async () => {
      const { stderr } = await start(sdk, { args: ['--tools=none'], env: { TOADO_LOG_FORMAT: 'json' } });
      await expect.poll(() => lines(stderr())).toHaveLength(1);
      expect(JSON.parse(stderr())).toMatchObject({
        level: 'error',
        message: expect.stringContaining('--tools'),
      });
    });

    test('--log-level error: a healthy start says nothing', async () => {
      const toado = sandbox();
      const { stderr } = await aFewCalls(toado, ['--log-level', 'error']);
      expect(stderr()).toBe('');
    });
  });
});
