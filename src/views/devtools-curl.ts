/**
 * A recorded request as a curl command, for a person or an agent to look at. Nothing here runs it. Whatever signs
 * somebody in is a placeholder.
 */
import { type Entry, fieldOfEntry } from './devtools.ts';

/** curl makes these itself, or browsers do and nobody else. */
const LEFT_OUT = /^(?::.*|host|content-length|connection|accept-encoding|sec-.*|upgrade-insecure-requests)$/i;
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const SECRET =
  /cookie|authori[sz]ation|token|secret|passw|api[-_]?key|session|signature|credential|csrf|xsrf|\bauth\b|\bsig\b|\bjwt\b/i;

export function curlOf(entry: Entry): string {
  const method = String(fieldOfEntry('network', entry, 'method') ?? 'GET').toUpperCase();
  const url = withoutSecrets(String(fieldOfEntry('network', entry, 'url') ?? ''));
  const parts = [`curl ${quoted(url)}`];
  const body = fieldOfEntry('network', entry, 'request_body');
  if (method !== (body ? 'POST' : 'GET')) parts[0] = `curl -X ${quoted(method)} ${quoted(url)}`;
  for (const [name, value] of headersOf(fieldOfEntry('network', entry, 'request_headers'))) {
    if (LEFT_OUT.test(name) || !NAME.test(name)) continue;
    parts.push(`-H ${quoted(`${name}: ${SECRET.test(name) ? `<${name.toLowerCase()}>` : value}`)}`);
  }
  if (body) parts.push(`--data-raw ${quoted(bodyOf(body))}`);
  return parts.join(' \\\n  ');
}

function headersOf(headers: unknown): [string, string][] {
  if (typeof headers !== 'object' || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return headers.map((one) => {
    const { name, value } = (one ?? {}) as Record<string, unknown>;
    return [String(name ?? ''), String(value ?? '')];
  });
}

function withoutSecrets(url: string): string {
  return url
    .replace(/^(https?:\/\/)[^/@\s]+@/i, '$1<user>@')
    .replace(/([?&#]([^=&#]+)=)([^&#]*)/g, (whole, before: string, name: string) =>
      SECRET.test(name) ? `${before}<${name}>` : whole,
    );
}

function bodyOf(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null) {
      const clean = JSON.stringify(read, (name, value) =>
        name && SECRET.test(name) && typeof value !== 'object' ? `<${name}>` : value,
      );
      return clean === JSON.stringify(read) ? text : clean;
    }
  } catch {}
  return /^[^\s=&]+=/.test(text) ? withoutSecrets(`?${text}`).slice(1) : text;
}

/** For a POSIX shell: nothing in single quotes means anything. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
