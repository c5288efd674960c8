import { describe, expect, test } from 'vitest';
import type { Devtools } from '../../../../src/sandbox/model/devtools.ts';
import { world } from '../../../../src/sandbox/seed/tickets/index.ts';
import type { SeedCapture, SeedTicket } from '../../../../src/sandbox/seed/world/world.ts';

const capturedAt = new Date('2026-02-03T09:15:00.000Z');
const captured = world.tickets.filter(
  (ticket): ticket is SeedTicket & { capture: SeedCapture } => ticket.capture !== undefined,
);
const sections = ['console', 'network', 'errors', 'performance', 'screenshot'];
const levels = ['log', 'info', 'warn', 'error', 'debug'];
const times = (devtools: Devtools) => [
  ...devtools.console.map(({ at }) => at),
  ...devtools.errors.map(({ at }) => at),
  ...devtools.network.map(({ started_at }) => started_at),
];

describe.each(captured.map((ticket) => [ticket.id, ticket] as const))('the capture of %s', (_, {
  capture,
}) => {
  const devtools = capture.devtools(capturedAt);

  test('survives JSON and is the same each time', () => {
    expect(JSON.parse(JSON.stringify(devtools))).toEqual(devtools);
    expect(JSON.stringify(capture.devtools(capturedAt))).toBe(JSON.stringify(devtools));
  });

  test('has entries of the contract’s kinds', () => {
    for (const { level, args } of devtools.console) {
      expect(levels).toContain(level);
      expect(args.length).toBeGreaterThan(0);
    }
    for (const { method, url, status, response_headers } of devtools.network) {
      expect(method).toMatch(/^(GET|POST|PUT|OPTIONS)$/);
      expect(URL.canParse(url)).toBe(true);
      expect(status === 0 || (status >= 100 && status < 600)).toBe(true);
      if (status === 0) expect(response_headers).toEqual({});
    }
    for (const { kind, message } of devtools.errors) {
      expect(['error', 'unhandledrejection']).toContain(kind);
      expect(message).not.toContain('\n');
    }
  });

  test('happened before it was taken, in order', () => {
    const all = times(devtools);
    for (const time of all) {
      expect(new Date(time).toISOString()).toBe(time);
      expect(new Date(time).getTime()).toBeLessThanOrEqual(capturedAt.getTime());
    }
    for (const { started_at, duration_ms } of devtools.network) {
      expect(new Date(started_at).getTime() + duration_ms).toBeLessThanOrEqual(capturedAt.getTime());
    }
    for (const list of [
      devtools.console.map(({ at }) => at),
      devtools.network.map(({ started_at }) => started_at),
    ]) {
      expect(list).toEqual([...list].sort());
    }
  });

  test('moves with the moment of capture', () => {
    const later = capture.devtools(new Date(capturedAt.getTime() + 60_000));
    const moved = times(devtools).map((time) => new Date(new Date(time).getTime() + 60_000).toISOString());
    expect(times(later)).toEqual(moved);
  });

  test('says what came back empty', () => {
    for (const { section, reason } of capture.health) {
      expect(sections).toContain(section);
      expect(reason.length).toBeGreaterThan(10);
    }
    const empty = (section: string) =>
      capture.health.some((one) => one.section === section && one.state === 'empty');
    expect(empty('screenshot')).toBe(capture.screenshot === undefined);
    for (const section of ['console', 'network'] as const)
      expect(empty(section)).toBe(devtools[section].length === 0);
  });
});

describe('the captures together', () => {
  test('differ in health, browser and size', () => {
    const health = captured.flatMap(({ capture }) =>
      capture.health.map(({ state, section }) => `${state} ${section}`),
    );
    for (const section of sections.slice(0, 4))
      expect(health.some((one) => one.endsWith(section))).toBe(true);
    expect(health.filter((one) => one.startsWith('empty')).length).toBeGreaterThan(3);
    expect(captured.filter(({ capture }) => capture.health.length === 0).length).toBeGreaterThan(3);
    expect(new Set(captured.map(({ capture }) => capture.browser)).size).toBeGreaterThan(6);
    expect(new Set(captured.map(({ capture }) => capture.viewport.width)).size).toBeGreaterThan(5);
  });

  test('but for the busy one none is very large', () => {
    const sizes = captured.map(
      ({ id, capture }) => [id, Buffer.byteLength(JSON.stringify(capture.devtools(capturedAt)))] as const,
    );
    expect(sizes.filter(([, size]) => size > 500_000).map(([id]) => id)).toEqual(['t-7Kq2Mx']);
  });
});

describe('the broken checkout', () => {
  const { capture, column } = captured.find(({ id }) => id === 't-7Kq2Mx')!;
  const devtools = capture.devtools(capturedAt);

  test('is about 2 MB, of thousands of lines and hundreds of requests, and made about as quickly as it is read', () => {
    const size = Buffer.byteLength(JSON.stringify(devtools));
    expect(size).toBeGreaterThan(1_800_000);
    expect(size).toBeLessThan(2_200_000);
    expect(devtools.console.length).toBeGreaterThan(3_000);
    expect(devtools.network.length).toBeGreaterThan(500);
    expect(devtools.performance.long_tasks.length).toBeGreaterThan(30);
    const text = JSON.stringify(devtools);
    const quickest = (work: () => unknown) =>
      Math.min(
        ...Array.from({ length: 7 }, () => {
          // Processor time, which a busy machine changes little.
          const begun = process.cpuUsage();
          work();
          const { user, system } = process.cpuUsage(begun);
          return user + system;
        }),
      );
    expect(quickest(() => capture.devtools(capturedAt))).toBeLessThan(4 * quickest(() => JSON.parse(text)));
  });

  test('has one request that decides, and its answer says why', () => {
    const failed = devtools.network.filter(
      ({ status, url }) => status >= 400 && !url.startsWith('https://img.'),
    );
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({
      method: 'POST',
      status: 422,
      url: 'https://shop.fjordandfern.example/api/checkout/session',
    });
    expect(failed[0]!.request_body).toContain('"unit_amount":"1.249,00"');
    expect(failed[0]!.response_body).toContain('Send 124900, not');
  });

  test('throws because of it, right after it', () => {
    const failed = devtools.network.find(({ status }) => status === 422)!;
    const thrown = devtools.errors.at(-1)!;
    expect(thrown.message).toContain('client_secret');
    const late = new Date(thrown.at).getTime() - new Date(failed.started_at).getTime() - failed.duration_ms;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(100);
  });

  test('is surrounded by noise that means nothing', () => {
    const count = (what: (status: number) => boolean) =>
      devtools.network.filter(({ status }) => what(status)).length;
    expect(count((status) => status === 404)).toBe(5);
    expect(count((status) => status === 304)).toBeGreaterThan(40);
    expect(count((status) => status === 0)).toBeGreaterThan(10);
    expect(devtools.errors[0]!.message).toContain('ResizeObserver');
    expect(
      devtools.console.some(({ level, args }) => level === 'error' && String(args[0]).includes('Apple Pay')),
    ).toBe(true);
  });

  test('waits in the first column for somebody to take it', () => {
    expect(column).toBe(world.projects[0]!.columns[0]!.id);
    expect(world.tickets[0]!.id).toBe('t-7Kq2Mx');
  });
});
