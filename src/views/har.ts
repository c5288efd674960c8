/** Recorded requests as HAR 1.2, which browsers' DevTools open (http://www.softwareishard.com/blog/har-12-spec/). */
import { asJson } from '../base/as-json.ts';
import { version } from '../base/version.ts';
import type { Capture } from '../toado-api/schemas/index.ts';
import { durationOf, type Entry, entryData, isFailed, millisecondsOf, statusOf } from './devtools.ts';

type Pair = { name: string; value: string };

const PAGE = 'page_1';

/** Everything before the first entry. */
export function harHead(capture: Partial<Capture> | null | undefined, began: number, says: string) {
  return {
    version: '1.2',
    creator: { name: 'toado-mcp', version },
    ...(capture?.browser ? { browser: { name: capture.browser, version: '' } } : {}),
    pages: [
      {
        startedDateTime: isoOf(began),
        id: PAGE,
        title: capture?.page_title || capture?.url || 'Recorded page',
        pageTimings: {},
      },
    ],
    comment: says,
  };
}

/**
 * When the page was opened: what an entry's time counts from where it is not a time since 1970. Where nothing says it,
 * the time of the capture, since every entry needs one.
 */
export function beganAt(entries: readonly Entry[], capture: Partial<Capture> | null | undefined): number {
  let first = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const at = millisecondsOf('network', entry);
    if (isDate(at) && at < first) first = at;
  }
  if (Number.isFinite(first)) return first;
  const captured = Date.parse(capture?.captured_at ?? '');
  return Number.isFinite(captured) ? captured : 0;
}

/** @param number the entry's own, by which get_devtools shows it. */
export function harEntry(raw: Entry, number: number, began: number): Entry {
  const data = entryData('network', raw);
  const { method, url, status: _s, started_at: _a, duration_ms: _d, response_size, ...rest } = data;
  const { request_headers, response_headers, request_body, response_body, ...unknown } = rest;
  const sent = pairsOf(request_headers);
  const got = pairsOf(response_headers);
  const status = statusOf(raw);
  const duration = Math.max(0, durationOf(raw)) || 0;
  const type = headerValue(got, 'content-type');
  const text = bodyOf(response_body);
  const size = wholeNumber(response_size) ?? (text === undefined ? -1 : Buffer.byteLength(text));
  const post = bodyOf(request_body);
  const httpVersion = textOf(data.http_version ?? data.httpVersion ?? data.protocol) ?? '';
  return {
    _entry: number,
    pageref: PAGE,
    startedDateTime: isoOf(startOf(raw, began)),
    time: duration,
    request: {
      method: (textOf(method) ?? 'GET').toUpperCase(),
      url: isAddress(url) ? url : 'about:invalid',
      httpVersion,
      cookies: [],
      headers: sent,
      queryString: isAddress(url) ? queryOf(url) : [],
      ...(post === undefined
        ? {}
        : { postData: { mimeType: headerValue(sent, 'content-type') ?? '', text: post } }),
      headersSize: -1,
      bodySize: post === undefined ? 0 : Buffer.byteLength(post),
    },
    response: {
      status,
      statusText: textOf(data.status_text ?? data.statusText) ?? '',
      httpVersion,
      cookies: [],
      headers: got,
      content: { size: Math.max(size, 0), mimeType: type ?? '', ...(text === undefined ? {} : { text }) },
      redirectURL: headerValue(got, 'location') ?? '',
      headersSize: -1,
      bodySize: size,
    },
    cache: {},
    // How long each part took is not recorded; what is, stands below as it came.
    timings: { send: 0, wait: duration, receive: 0 },
    ...(status === 0 && isFailed(raw) ? { _error: textOf(data.error) ?? 'no answer was recorded' } : {}),
    ...underscored(isAddress(url) ? unknown : { ...unknown, url }),
  };
}

/** Fields that HAR doesn't have begin with `_`. */
function underscored(unknown: Entry): Entry {
  const taken = new Set(['_entry', '_error']);
  return Object.fromEntries(
    Object.entries(unknown)
      .map(([name, value]) => [name.startsWith('_') ? name : `_${name}`, value] as const)
      .filter(([name]) => !taken.has(name)),
  );
}

function startOf(raw: Entry, began: number): number {
  const at = millisecondsOf('network', raw);
  if (!Number.isFinite(at)) return began;
  return isDate(at) ? at : began + at;
}

/** Later than 1973: smaller numbers count from when the page was opened. */
function isDate(at: number): boolean {
  return at > 1e11;
}

function isoOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

/** An object, a list of pairs or of names with values, or the header as it was sent. */
function pairsOf(headers: unknown): Pair[] {
  if (typeof headers === 'string')
    return headers.split(/\r?\n/).flatMap((line) => {
      const [, name, value] = /^\s*(:?[^:\s]+)\s*:(.*)$/.exec(line) ?? [];
      return name ? [{ name, value: value!.trim() }] : [];
    });
  if (typeof headers !== 'object' || headers === null) return [];
  if (!Array.isArray(headers))
    return Object.entries(headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => ({ name, value: textOf(one) ?? '' })),
    );
  return headers.flatMap((one) => {
    if (Array.isArray(one)) return [{ name: textOf(one[0]) ?? '', value: textOf(one[1]) ?? '' }];
    if (typeof one === 'string') return pairsOf(one);
    const { name, key, value } = (one ?? {}) as Entry;
    return [{ name: textOf(name ?? key) ?? '', value: textOf(value) ?? '' }];
  });
}

function headerValue(pairs: readonly Pair[], wanted: string): string | undefined {
  return pairs.find(({ name }) => name.toLowerCase() === wanted)?.value;
}

/** HAR takes no other. */
function isAddress(url: unknown): url is string {
  return typeof url === 'string' && /^[a-z][\w+.-]*:[!-~]+$/i.test(url) && URL.canParse(url);
}

function queryOf(url: string): Pair[] {
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function bodyOf(body: unknown): string | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  return typeof body === 'string' ? body : asJson(body);
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : asJson(value);
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : undefined;
}
