/** Opens one connection to the API by hand, step by step, so that each step can be measured and named when it fails. */
import { lookup } from 'node:dns/promises';
import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { describeNetworkError } from '../../toado-api/http/network-errors.ts';
import { type HttpProxy, openTunnel, ProxyFailure } from '../../toado-api/http/proxy-tunnel.ts';
import type { Check } from './report.ts';

const STEP_MS = 8_000;

/** @param proxy goes through it; a proxy looks the name up itself. */
export async function* checkConnection(address: URL, proxy?: HttpProxy): AsyncGenerator<Check> {
  const first = proxy?.url ?? address;
  const host = bare(first.hostname);
  if (isIP(host)) {
    yield { name: 'dns', state: 'skip', says: `${host} is an address, nothing to look up` };
  } else {
    const looked = await attempt(
      () =>
        lookup(host, { all: true }).catch((error: unknown) => {
          throw proxy ? new ProxyFailure(proxy, undefined, error) : error;
        }),
      address,
    );
    if ('check' in looked) return yield { name: 'dns', ...looked.check };
    const addresses = looked.value.map((one) => one.address);
    yield {
      name: 'dns',
      state: 'ok',
      says: `${host}${proxy ? ' (the proxy)' : ''} is ${addresses.slice(0, 4).join(', ')} (${looked.ms} ms)`,
      details: { host, addresses, ms: looked.ms },
    };
  }
  const opened = await attempt(
    () => (proxy ? openTunnel(proxy, `${address.hostname}:${portOf(address)}`, STEP_MS) : tcp(address)),
    address,
  );
  if ('check' in opened) return yield { name: 'connect', ...opened.check };
  yield {
    name: 'connect',
    state: 'ok',
    says: `${address.hostname}:${portOf(address)}${proxy ? ' through the proxy' : ''} (${opened.ms} ms)`,
    details: { ms: opened.ms, proxied: proxy !== undefined },
  };
  const socket = opened.value;
  try {
    if (address.protocol === 'https:') yield await checkTls(address, socket);
    else yield { name: 'tls', state: 'skip', says: 'http on this machine, no encryption needed' };
  } finally {
    socket.destroy();
  }
}

async function checkTls(address: URL, socket: Socket): Promise<Check> {
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const shaken = await attempt(() => handshake(address, socket), address);
  if ('check' in shaken) return { name: 'tls', ...shaken.check };
  const certificate = shaken.value.getPeerCertificate();
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / 86_400_000);
  const issuer = certificate.issuer?.O ?? certificate.issuer?.CN ?? 'an unnamed issuer';
  const protocol = shaken.value.getProtocol() ?? 'TLS';
  shaken.value.destroy();
  return {
    name: 'tls',
    state: days < 7 ? 'warn' : 'ok',
    says: `${protocol}, certificate by ${issuer}, valid ${days} more days (${shaken.ms} ms)${extra ? `; NODE_EXTRA_CA_CERTS=${extra}` : ''}`,
    details: { protocol, issuer, validTo: certificate.valid_to, ms: shaken.ms },
  };
}

type Attempt<Value> = { value: Value; ms: number } | { check: Omit<Check, 'name'> };

async function attempt<Value>(step: () => Promise<Value>, towards: URL): Promise<Attempt<Value>> {
  const began = performance.now();
  try {
    const value = await step();
    return { value, ms: Math.round(performance.now() - began) };
  } catch (error) {
    const { sentence, next, nextForPerson = next } = describeNetworkError(error, towards.origin);
    return { check: { state: 'fail', says: sentence, next: nextForPerson } };
  }
}

function tcp(address: URL): Promise<Socket> {
  return settled<Socket>((resolve, reject) => {
    const socket = tcpConnect({ host: bare(address.hostname), port: portOf(address) }, () => resolve(socket));
    socket.once('error', reject);
    return socket;
  });
}

function handshake({ hostname }: URL, socket: Socket): Promise<TLSSocket> {
  const host = bare(hostname);
  return settled<TLSSocket>((resolve, reject) => {
    const secure = tlsConnect({ socket, host, ...(isIP(host) ? {} : { servername: host }) }, () =>
      resolve(secure),
    );
    secure.once('error', reject);
    return secure;
  });
}

/** A step that is given up, and its socket closed, when it takes too long. */
function settled<Value>(
  start: (
    resolve: (value: Value) => void,
    reject: (error: Error) => void,
  ) => { destroy: (error?: Error) => unknown },
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(Object.assign(new Error('too slow'), { code: 'CONNECT_TIMEOUT' }));
      handle.destroy();
    }, STEP_MS);
    const handle = start(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

/** Without the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
