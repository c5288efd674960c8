/**
 * Fetches a picture from its presigned address, without the token, and scales it to what models take. The address
 * comes out of an answer, so it is held to https (or this machine, where the API itself is here), to public hosts,
 * to a size and a time, and what comes to a few kinds of pictures, told by their first bytes.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Client } from 'undici';
import { Failure } from '../base/failure.ts';
import { proxyFor } from '../settings/proxy.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { isLoopback } from '../settings/values.ts';
import { type HttpProxy, throughProxy } from '../toado-api/http/proxy-tunnel.ts';
import type { Asset } from '../toado-api/schemas/index.ts';
import { KINDS, kindOfPicture } from './kind-of-picture.ts';
import type { Original, Picture } from './picture.ts';
import { scale, TooSlow } from './scale.ts';

const MAX_BYTES = 20 * 1024 * 1024;
/** From the look-up of the host to the last byte. */
const FETCH_MS = 10_000;
/** Decoding and scaling, waiting for other pictures included. */
const SCALE_MS = 10_000;
const LOOKUP_MS = 5_000;
const CONNECT_MS = 5_000;

export interface FetchOptions {
  apiUrl: string;
  signal: AbortSignal;
  /** What is left of the call's own time. */
  timeoutMs: number;
  env?: NodeJS.ProcessEnv;
}

export async function fetchPicture(asset: Asset, options: FetchOptions): Promise<Picture> {
  const began = performance.now();
  const { bytes } = await fetchOriginal(asset, options);
  try {
    return await scale(bytes, Math.min(SCALE_MS, options.timeoutMs - (performance.now() - began)));
  } catch (error) {
    throw refused(
      error instanceof TooSlow ? 'it takes too long to decode' : 'it is not a picture that can be read',
      error,
    );
  }
}

/** The picture's file as it is. */
export async function fetchOriginal(
  { url }: Asset,
  options: FetchOptions,
): Promise<Original & { bytes: Buffer }> {
  const began = performance.now();
  const address = await allowedAddress(url, options);
  const left = options.timeoutMs - (performance.now() - began);
  const bytes = await download(address, options, Math.min(FETCH_MS, left));
  const kind = kindOfPicture(bytes);
  if (!kind) throw refused(`it is none of ${KINDS.join(', ')}`);
  return { bytes, kind };
}

function refused(why: string, cause?: unknown): Failure {
  return new Failure('asset_unavailable', `Its file was not fetched: ${why}.`, 'Use the address.', {
    outcome: 'no_answer',
    cause,
  });
}

/** Ranges that are nobody's public web server (RFC 6890). */
const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4');
/** Of IPv6 only what is given out to the public, and of that not what carries an IPv4 address inside. */
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6');

export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !PRIVATE.check(address, 'ipv4');
  return PUBLIC_V6.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6');
}

interface Address {
  url: URL;
  /** The address that was checked: connecting to it leaves no time to change the name's meaning. */
  ip?: string | undefined;
  /** It looks the name up and connects. */
  proxy?: HttpProxy | undefined;
}

async function allowedAddress(text: string, options: FetchOptions): Promise<Address> {
  if (!URL.canParse(text)) throw refused('its address can’t be read');
  const url = new URL(text);
  const api = new URL(options.apiUrl);
  if (isLoopback(api.hostname)) {
    if (isLoopback(url.hostname) && url.protocol === 'http:') return { url };
  } else if (isLoopback(url.hostname)) {
    throw refused('its address is this machine’s own');
  }
  if (url.protocol !== 'https:') throw refused('its address is not https');
  const proxy = proxyOf(url, options.env ?? process.env);
  const found = await addressesOf(url.hostname.replace(/^\[|\]$/g, ''));
  // Behind a proxy the names outside are often unknown inside.
  if (found.length === 0 && !proxy) throw refused('its host’s name can’t be looked up');
  if (!found.every(isPublicAddress)) throw refused('its address is inside a private network');
  return { url, ip: found[0], proxy };
}

function proxyOf(url: URL, env: NodeJS.ProcessEnv): HttpProxy | undefined {
  try {
    return proxyFor(url, env).proxy;
  } catch (error) {
    throw error instanceof SettingsError ? refused(error.message.replace(/\.$/, '')) : error;
  }
}

/** Connecting to the address that was checked leaves no time to change the name's meaning. */
function knownAs(ip: string): LookupFunction {
  return (_host, { all }, done) =>
    all ? done(null, [{ address: ip, family: isIP(ip) }]) : done(null, ip, isIP(ip));
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host)) return [host];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never[]>((resolve) => {
    timer = setTimeout(() => resolve([]), LOOKUP_MS);
  });
  const found = await Promise.race([lookup(host, { all: true }).catch(() => []), late]);
  clearTimeout(timer);
  return found.map(({ address }) => address);
}

async function download(
  { url, ip, proxy }: Address,
  { signal }: FetchOptions,
  timeoutMs: number,
): Promise<Buffer> {
  const dispatcher = new Client(url.origin, {
    connect: proxy ? throughProxy(proxy, CONNECT_MS) : ip ? { lookup: knownAs(ip) } : {},
  });
  // Held by a timer of its own: one of AbortSignal.timeout alone may never fire (nothing else holds it).
  const limit = new AbortController();
  const abort = () => limit.abort();
  const timer = setTimeout(abort, Math.max(1, timeoutMs));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { accept: 'image/*' },
      signal: limit.signal,
    });
    if (answer.statusCode !== 200) {
      answer.body.on('error', () => {}).destroy();
      throw refused(`its host answered HTTP ${answer.statusCode}`);
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw refused(`it is larger than ${MAX_BYTES / 1024 / 1024} MB`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (signal.aborted)
      throw new Failure('cancelled', 'The call was cancelled.', 'Call again if it is still wanted.', {
        outcome: 'no_answer',
      });
    throw refused('its host did not answer', error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    void dispatcher.destroy();
  }
}
