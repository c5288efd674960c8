/** A short soak of writes of equal content; `npm run soak` goes on for minutes. */
import { expect } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { atEnd, sideBySide } from '../support/ending.ts';
import { type Books, equalWrites, type Server } from '../support/equal-writes.ts';
import { startLosingProxy } from '../support/losing-proxy.ts';
import { startToado } from '../support/toado.ts';

const CASES = [
  [1, 'without keys', []],
  [2, 'without keys', []],
  [1, 'with keys', ['idempotency-key']],
  [2, 'with keys', ['idempotency-key']],
] as const;

export function everyClaimIsInTheBooks(rounds: readonly number[]): void {
  for (const [count, keys, features] of CASES) {
    sideBySide(
      `${count} server(s), ${keys}, rounds from ${rounds[0]}: every claim is in the API’s books`,
      async () => {
        const toado = await startToado({ features: [...features] });
        const servers: Server[] = [];
        for (let at = 0; at < count; at++) {
          const proxy = await startLosingProxy(toado.apiUrl);
          atEnd(proxy.close);
          const client = await startRawInProcess({ env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl } });
          await client.request('tools/list');
          servers.push({ proxy, call: (name, args) => client.call(name, args) });
        }
        const books = async (path: string) =>
          (await toado.request('GET', path)).body as Awaited<ReturnType<Books>>;
        const wrong: string[] = [];
        for (const round of rounds) wrong.push(...(await equalWrites(servers, books, round)).wrong);
        expect(wrong).toEqual([]);
      },
      180_000,
    );
  }
}
