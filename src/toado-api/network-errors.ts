/** Turns what Node and undici report of a broken connection into a sentence and a next step. */

interface Description {
  code: 'unreachable' | 'timeout';
  sentence: string;
  next: string;
}

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN']);
const CONNECTING = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']);
const isTls = (code: string) =>
  /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/.test(code);

/** Node wraps one error a tried address into an AggregateError; the first says what matters. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; ) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string' && code !== 'UND_ERR_SOCKET') return code;
    at = at instanceof AggregateError ? at.errors[0] : (at.cause ?? undefined);
  }
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function proxyStatus(error: unknown): string | undefined {
  return error instanceof Error ? /Proxy response \((\d+)\)/.exec(error.message)?.[1] : undefined;
}

/** Whether it stays so until a person changes something: a certificate nobody vouches for, a proxy that says no. */
export function isLasting(error: unknown): boolean {
  const isCertificate =
    /^(ERR_TLS_CERT_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET|VERIFY)_|HOSTNAME_MISMATCH)/;
  return isCertificate.test(codeOf(error)) || /^4/.test(proxyStatus(error) ?? '');
}

export function describeNetworkError(error: unknown, origin: string): Description {
  const code = codeOf(error);
  const { host, hostname } = new URL(origin);
  const refusedByProxy = proxyStatus(error);
  if (refusedByProxy) {
    return {
      code: 'unreachable',
      sentence: `The proxy refused to connect to ${host} (HTTP ${refusedByProxy}).`,
      next: 'Check HTTPS_PROXY and its credentials, or add the host to NO_PROXY.',
    };
  }
  if (DNS.has(code)) {
    return {
      code: 'unreachable',
      sentence: `The name ${hostname} could not be looked up (${code}).`,
      next: 'Check the network connection and TOADO_API_URL.',
    };
  }
  if (isTls(code)) {
    return {
      code: 'unreachable',
      sentence: `The secure connection to ${host} failed (${code}).`,
      next: 'If a proxy or your company signs certificates, name its certificate file in NODE_EXTRA_CA_CERTS.',
    };
  }
  if (TIMEOUTS.has(code)) {
    return {
      code: 'timeout',
      sentence: `${host} did not answer in time (${code}).`,
      next: 'Call again in a moment; `toado-mcp doctor` measures the connection.',
    };
  }
  return {
    code: 'unreachable',
    sentence: `The connection to ${host} ${CONNECTING.has(code) ? 'could not be opened' : 'broke'}${code ? ` (${code})` : ''}.`,
    next: 'Check that Toado is reachable from here (`toado-mcp doctor`), then call again.',
  };
}
