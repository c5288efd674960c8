/** Which proxy requests to an address go through: one decision for requests, pictures and `doctor`. */
import type { HttpProxy } from '../toado-api/http/proxy-tunnel.ts';
import { SettingsError } from './settings-error.ts';

export interface ProxyUse {
  /** Absent when requests go straight. */
  proxy?: HttpProxy;
  /** The variable that decided. */
  variable?: string;
}

/** Of two spellings, the last that is set counts. */
const HTTPS = ['HTTPS_PROXY', 'https_proxy'];
const HTTP = ['HTTP_PROXY', 'http_proxy'];
const ALL = ['ALL_PROXY', 'all_proxy'];
const EXCEPTIONS = ['NO_PROXY', 'no_proxy'];

export const PROXY_VARIABLES = [...HTTPS, ...HTTP, ...ALL, ...EXCEPTIONS];
/** Where a name and a password, or a token, may stand in an address. */
export const ADDRESS_VARIABLES = ['TOADO_API_URL', ...PROXY_VARIABLES];

type Environment = Record<string, string | undefined>;

/** @throws SettingsError where the variable can't be meant: nothing goes straight instead. */
export function proxyFor(address: URL, env: Environment): ProxyUse {
  const isSet = (name: string) => env[name]?.trim();
  const own = address.protocol === 'https:' ? HTTPS : HTTP;
  const variable = [...ALL, ...own].findLast(isSet);
  if (!variable) return {};
  const without = EXCEPTIONS.findLast(isSet);
  if (without && isExcepted(address, env[without]!.trim())) return { variable: without };
  return { proxy: { url: readProxy(variable, env[variable]!.trim()), variable }, variable };
}

function readProxy(variable: string, text: string): URL {
  const wrong = (what: string) => new SettingsError(`${variable} ${what} (expected http://host:port).`);
  // `proxy:3128`, as curl takes it.
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (/^socks/i.test(address))
    throw new SettingsError(
      `${variable} names a SOCKS proxy, which toado-mcp can't go through: name an HTTP proxy in HTTPS_PROXY, or except Toado's host in NO_PROXY.`,
    );
  if (!URL.canParse(address)) throw wrong('is not the address of a proxy');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw wrong('is not the address of a proxy');
  if (url.pathname !== '/' || url.search || url.hash) throw wrong('has a path in it, which a proxy has not');
  try {
    decodeURIComponent(url.username + url.password);
  } catch {
    throw wrong('has a name or password with a bad escape: a % in it is written %25');
  }
  return url;
}

function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  if (list === '*') return true;
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = entry, onPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
      if (onPort && onPort !== ownPort) return false;
      const host = name.replace(/^\*?\./, '').toLowerCase();
      return hostname === host || hostname.endsWith(`.${host}`);
    });
}

/** Without the name and password that may stand in it. */
export function shownProxy({ protocol, host, username }: URL): string {
  return `${protocol}//${username ? '…@' : ''}${host}`;
}
