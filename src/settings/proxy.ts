/** Which proxy a request to an address goes through, by the same rules as the HTTP library's. */

export interface ProxyUse {
  /** The proxy's address; absent when requests go straight. */
  url?: URL;
  /** The variable that decided. */
  variable?: string;
}

type Environment = Record<string, string | undefined>;

export function proxyFor(address: URL, env: Environment): ProxyUse {
  const names = address.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  const variable = names.find((name) => env[name]);
  if (!variable) return {};
  const without = ['no_proxy', 'NO_PROXY'].find((name) => env[name] !== undefined);
  if (without && isExcepted(address, env[without]!)) return { variable: without };
  return { url: new URL(env[variable]!), variable };
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
