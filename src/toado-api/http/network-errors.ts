/** Turns what Node reports of a broken connection into a sentence and a next step. */
import { ProxyFailure } from './proxy-tunnel.ts';

interface Description {
  code: 'unreachable' | 'timeout' | 'bad_answer';
  sentence: string;
  next: string;
  /** For a person who is testing the connection, where it is something else. */
  nextForPerson?: string;
}

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN']);
const CONNECTING = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ENETDOWN',
  'CONNECT_TIMEOUT',
]);
const TIMEOUTS = new Set(['CONNECT_TIMEOUT', 'HEADERS_TIMEOUT', 'BODY_TIMEOUT']);
const TOO_LARGE_HEADERS = new Set(['HPE_HEADER_OVERFLOW']);
const isTls = (code: string) =>
  /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/.test(code);
const CERTIFICATE =
  /^(ERR_TLS_CERT_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET|VERIFY)_|HOSTNAME_MISMATCH)/;

/** The error and what it was caused by; Node wraps one a tried address into an AggregateError. */
function* chainOf(error: unknown): Generator<Error> {
  for (let at = error; at instanceof Error; ) {
    yield at;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
}

function codeOf(error: unknown): string {
  for (const one of chainOf(error)) {
    const { code } = one as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return error instanceof Error && 'code' in error ? String(error.code ?? '') : '';
}

function proxyFailureOf(error: unknown): ProxyFailure | undefined {
  for (const one of chainOf(error)) if (one instanceof ProxyFailure) return one;
  return undefined;
}

/** Something else than TLS answered to the first words of TLS. */
function isNoTls(error: unknown): boolean {
  return [...chainOf(error)].some((one) =>
    /wrong version number|packet length too long|http request|unknown protocol/i.test(one.message),
  );
}

function isHttp2Only(error: unknown): boolean {
  return [...chainOf(error)].some(({ message }) => /no application protocol/i.test(message));
}

/** Whether it stays so until a person changes something: a certificate nobody vouches for, a proxy that says no. */
export function isLasting(error: unknown): boolean {
  const code = codeOf(error);
  const status = proxyFailureOf(error)?.status ?? 0;
  return (
    CERTIFICATE.test(code) ||
    TOO_LARGE_HEADERS.has(code) ||
    isNoTls(error) ||
    isHttp2Only(error) ||
    (status >= 400 && status < 500)
  );
}

const AGAIN = 'Check that Toado is reachable from here (`toado-mcp doctor`), then call again.';
const CHECK_SERVER =
  'Check the address in TOADO_API_URL, that its server runs, and the network in between (VPN, firewall).';
const CERTIFICATES =
  'If a proxy or your company signs certificates, name its certificate file in NODE_EXTRA_CA_CERTS.';
const CHECK_ADDRESS = 'Check the host and port of TOADO_API_URL.';

/** @param waited how long it was waited for, over all attempts. */
export function describeNetworkError(error: unknown, origin: string, waited = 'in time'): Description {
  const atProxy = proxyFailureOf(error);
  if (atProxy) return describeProxyFailure(atProxy, new URL(origin).host);
  const code = codeOf(error);
  const { host, hostname } = new URL(origin);
  const unreachable = (sentence: string, next: string): Description => ({
    code: 'unreachable',
    sentence,
    next,
  });
  if (DNS.has(code))
    return unreachable(
      `The name ${hostname} could not be looked up (${code}).`,
      'Check the network connection and TOADO_API_URL.',
    );
  if (isHttp2Only(error))
    return unreachable(`${host} speaks HTTP/2 only; toado-mcp speaks HTTP/1.1.`, CHECK_ADDRESS);
  if (isNoTls(error))
    return unreachable(
      `What answers at ${host} does not speak TLS, which https needs (${code || 'no TLS'}).`,
      `${CHECK_ADDRESS} Plain http is only for an address of this machine.`,
    );
  if (isTls(code)) return unreachable(`The secure connection to ${host} failed (${code}).`, CERTIFICATES);
  if (TIMEOUTS.has(code))
    return {
      code: 'timeout',
      sentence: `${host} did not answer ${waited} (${code}).`,
      next: 'Call again in a moment; `toado-mcp doctor` measures the connection.',
      nextForPerson: CHECK_SERVER,
    };
  if (TOO_LARGE_HEADERS.has(code))
    return {
      code: 'bad_answer',
      sentence: `${host} answers with headers that are too large to be read (${code}).`,
      next: 'Something between here and Toado adds to them (a proxy, a login): whoever runs it has to look.',
    };
  if (code.startsWith('HPE_'))
    return unreachable(
      `What answers at ${host} does not speak HTTP/1.1 (${code}): it is another service, or speaks HTTP/2 only.`,
      CHECK_ADDRESS,
    );
  return {
    ...unreachable(
      `The connection to ${host} ${CONNECTING.has(code) ? 'could not be opened' : 'broke'}${code ? ` (${code})` : ''}.`,
      AGAIN,
    ),
    nextForPerson: CHECK_SERVER,
  };
}

function describeProxyFailure({ proxy, status, cause }: ProxyFailure, target: string): Description {
  const { variable } = proxy;
  const { host, hostname } = proxy.url;
  const code = codeOf(cause);
  const next = `Check ${variable}, or except the host in NO_PROXY.`;
  const described = (sentence: string, more = next): Description => ({
    code: TIMEOUTS.has(code) ? 'timeout' : 'unreachable',
    sentence,
    next: more,
  });
  if (status === 407)
    return described(
      `The proxy refused to connect to ${target} (HTTP 407): it wants a name and password, or other ones.`,
      `Check ${variable} and its credentials, or add the host to NO_PROXY.`,
    );
  if (status !== undefined)
    return described(
      `The proxy refused to connect to ${target} (HTTP ${status}).`,
      `Check ${variable} and its credentials, or add the host to NO_PROXY.`,
    );
  if (DNS.has(code)) return described(`The proxy’s name ${hostname} could not be looked up (${code}).`);
  if (isNoTls(cause))
    return described(`The proxy ${host} does not speak TLS: its address begins with http:.`);
  if (isTls(code))
    return described(`The secure connection to the proxy ${host} failed (${code}).`, CERTIFICATES);
  if (TIMEOUTS.has(code)) return described(`The proxy ${host} did not answer in time.`);
  if (CONNECTING.has(code)) return described(`The proxy ${host} can’t be reached (${code}).`);
  if (code.startsWith('HPE_')) return described(`What answers at ${host} is not an HTTP proxy (${code}).`);
  return described(`The proxy ${host} closed the connection without an answer${code ? ` (${code})` : ''}.`);
}
