import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { ApiError } from '../model/errors.ts';

const loopbackNames = ['localhost', '127.0.0.1', '::1'];

/**
 * Throws `forbidden` unless the request was addressed to this machine by a name that is its own: a page of a stranger
 * that had its domain point here (DNS rebinding) would come with that domain.
 */
export function requireOwnHost(c: Context, boundTo: string): void {
  const host = c.req.header('host') ?? '';
  requireOwnName(hostName(host), boundTo);
  // A request line may name another one besides, as proxies are asked.
  if (!c.req.url.startsWith(`http://${host}/`)) requireOwnName(hostName(new URL(c.req.url).host), boundTo);
}

function requireOwnName(name: string, boundTo: string): void {
  const open = boundTo === '0.0.0.0' || boundTo === '::';
  if (loopbackNames.includes(name) || name === boundTo || (open && isIP(name) !== 0)) return;
  throw new ApiError('forbidden', `This sandbox doesn't answer to the host name ${JSON.stringify(name)}.`);
}

/**
 * Throws `forbidden` unless it is the person at this machine who asks, from the sandbox's own pages or a program:
 * not another machine, and not a page of another site in this machine's browser.
 */
export function requireLocalPerson(c: Context): void {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site') ?? 'none';
  const isOwnPage = origin === undefined || origin === `http://${c.req.header('host')}`;
  if (isFromThisMachine(c) && isOwnPage && (site === 'none' || site === 'same-origin')) return;
  throw new ApiError(
    'forbidden',
    'Tokens are managed from this machine only, by its own pages and programs.',
  );
}

/** Whether it is this machine that asks: over loopback, or from one of its own addresses to another of them. */
export function isFromThisMachine(c: Context): boolean {
  const address = (getConnInfo(c).remote.address ?? '').replace(/^::ffff:/, '');
  if (isLoopback(address)) return true;
  return Object.values(networkInterfaces()).some((own) => own?.some((one) => one.address === address));
}

/**
 * By what other machines reach what listens here; undefined where it listens for this machine alone.
 * @param boundTo as it was named; it answers to no other name then, but where that stands for every address.
 */
export function hostsForOthers(listening: string, boundTo: string): string[] | undefined {
  if (isLoopback(listening)) return undefined;
  if (listening !== '0.0.0.0' && listening !== '::') return [boundTo];
  return Object.values(networkInterfaces())
    .flatMap((own) => own ?? [])
    .filter(({ internal, family }) => !internal && (family === 'IPv4' || listening === '::'))
    .map(({ address }) => address)
    .filter((address) => !address.startsWith('fe80:'));
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

function hostName(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}
