/**
 * Fetches a picture from its presigned address, without the token, and scales it to what models take. The address
 * comes out of an answer, so it is held to https (or this machine, where the API itself is here), to public hosts,
 * to image types and to a size.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { Client, EnvHttpProxyAgent } from 'undici';
import type { Picture } from '../catalogue/define-tool.ts';
import { Failure } from '../failure.ts';
import type { Asset } from '../rest/shapes.ts';
import { isLoopback } from '../settings/settings.ts';
import { scale } from './scale.ts';

const MAX_BYTES = 20 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const IMAGE_TYPES = /^image\/(png|jpeg|webp|gif|avif)\b/i;

export interface FetchOptions {
  apiUrl: string;
  signal: AbortSignal;
  proxied: boolean;
}

export async function fetchPicture({ url }: Asset, options: FetchOptions): Promise<Picture> {
  const address = await allowedAddress(url, options.apiUrl);
  const bytes = await download(address, options);
  try {
    return await scale(bytes);
  } catch (error) {
    throw refused('it is not a picture that can be read', error);
  }
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
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6');

interface Address {
  url: URL;
  /** The address that was checked: connecting to it leaves no time to change the name's meaning. */
  ip?: string;
}

async function allowedAddress(text: string, apiUrl: string): Promise<Address> {
  if (!URL.canParse(text)) throw refused('its address can’t be read');
  const url = new URL(text);
  const api = new URL(apiUrl);
  if (isLoopback(api.hostname)) {
    if (isLoopback(url.hostname) && url.protocol === 'http:') return { url };
  } else if (isLoopback(url.hostname)) {
    throw refused('its address is this machine’s own');
  }
  if (url.protocol !== 'https:') throw refused('its address is not https');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await lookup(host, { all: true }).catch(() => []);
  if (found.length === 0) throw refused('its host’s name can’t be looked up');
  if (found.some(({ address, family }) => PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4')))
    throw refused('its address is inside a private network');
  return { url, ip: found[0]!.address };
}

async function download({ url, ip }: Address, { signal, proxied }: FetchOptions): Promise<Buffer> {
  const dispatcher = proxied
    ? new EnvHttpProxyAgent()
    : new Client(url.origin, {
        connect: ip
          ? {
              lookup: (_host, { all }, done) =>
                all ? done(null, [{ address: ip, family: isIP(ip) }]) : done(null, ip, isIP(ip)),
            }
          : {},
      });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const answer = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { accept: 'image/*' },
      signal: limit,
    });
    const type = String(answer.headers['content-type'] ?? '');
    if (answer.statusCode !== 200 || !IMAGE_TYPES.test(type)) {
      answer.body.on('error', () => {}).destroy();
      throw refused(
        answer.statusCode === 200 ? 'it is not a picture' : `its host answered HTTP ${answer.statusCode}`,
      );
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
    void dispatcher.destroy();
  }
}
