import type { Devtools, ErrorEntry, NetworkEntry, Performance } from '../../model/devtools.ts';

/** The same numbers for the same seed, always: a picture of chance, not chance (mulberry32). */
export class Chance {
  private state = 0x9e3779b9;

  constructor(seed: string) {
    for (const char of seed) this.state = Math.imul(this.state ^ char.codePointAt(0)!, 0x85ebca6b) >>> 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return Math.round(low + this.next() * (high - low));
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.between(0, 15).toString(16);
    return text;
  }
}

export interface Agent {
  /** As Toado shows it. */
  browser: string;
  userAgent: string;
  /** Safari and Firefox report neither long tasks nor layout shifts. */
  engine: 'blink' | 'gecko' | 'webkit';
}

/** A web application that somebody had open. */
export interface Site {
  origin: string;
  /** Bundles, styles and fonts; the build's hash is put where `{build}` stands. */
  assets: { path: string; kind: 'script' | 'style' | 'font'; size: number }[];
  server: string;
  /** What the application asks for by itself once it runs, and how often it reports. */
  chatter: { asks: { url: string; answer: unknown }[]; heartbeat: { url: string; everySeconds: number } };
}

type Kind = 'fetch' | 'document' | 'script' | 'style' | 'image' | 'font' | 'beacon';

export interface RequestSketch {
  method?: string;
  /** A path on the site's own origin, or a whole address. */
  url: string;
  /** 0: it never got an answer that the page may see. */
  status?: number;
  kind?: Kind;
  took?: number;
  size?: number;
  /** Anything that isn't a text goes as JSON. */
  sent?: unknown;
  answer?: unknown;
  requestHeaders?: Record<string, string>;
  headers?: Record<string, string>;
}

export interface VisitOptions {
  seed: string;
  capturedAt: Date;
  site: Site;
  agent: Agent;
  path: string;
  /** How long the page had been open when it was captured. */
  secondsOpen: number;
  build: string;
  language?: string;
}

const accept: Record<Kind, string> = {
  document: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  fetch: 'application/json',
  script: '*/*',
  style: 'text/css,*/*;q=0.1',
  image: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  font: '*/*',
  beacon: '*/*',
};

const contentType: Record<Kind, string> = {
  document: 'text/html; charset=utf-8',
  fetch: 'application/json; charset=utf-8',
  script: 'text/javascript; charset=utf-8',
  style: 'text/css; charset=utf-8',
  image: 'image/webp',
  font: 'font/woff2',
  beacon: 'text/plain',
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const byTime = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A stack as the engine prints it: the message, then one line a frame (`fn (file:line:column)`). */
export function stack(message: string, ...frames: string[]): string {
  return [message, ...frames.map((frame) => `    at ${frame}`)].join('\n');
}

/**
 * One page as somebody had it open, from its first byte to the moment of the capture.
 * Everything is told in milliseconds since the navigation began and lands inside that window, or throws.
 */
export class Visit {
  readonly chance: Chance;
  private readonly openedAt: number;
  /** The page's own address. */
  private readonly page: string;
  private readonly console: Devtools['console'] = [];
  private readonly network: NetworkEntry[] = [];
  private readonly errors: ErrorEntry[] = [];
  private readonly longTasks: Performance['long_tasks'] = [];
  private readonly navigation: Record<string, number>;

  constructor(private readonly options: VisitOptions) {
    this.chance = new Chance(options.seed);
    this.openedAt = options.capturedAt.getTime() - options.secondsOpen * 1000;
    this.page = new URL(options.path, options.site.origin).href;
    const ttfb = this.chance.between(90, 240);
    const interactive = ttfb + this.chance.between(280, 620);
    this.navigation = {
      domain_lookup_ms: this.chance.between(0, 24),
      connect_ms: this.chance.between(14, 48),
      response_start_ms: ttfb,
      response_end_ms: ttfb + this.chance.between(8, 40),
      dom_interactive_ms: interactive,
      dom_content_loaded_ms: interactive + this.chance.between(12, 60),
      load_event_ms: interactive + this.chance.between(240, 900),
    };
  }

  /** The last millisecond of the visit. */
  get end(): number {
    return this.options.secondsOpen * 1000;
  }

  at(ms: number): string {
    this.requireInside(ms);
    return new Date(this.openedAt + ms).toISOString();
  }

  private requireInside(ms: number): void {
    if (ms < 0 || ms > this.end) throw new RangeError(`${this.options.seed}: ${ms} ms is outside the visit`);
  }

  /** As most visits begin: the page comes up and the application talks to its server. */
  boot(): this {
    this.load();
    const { chatter } = this.options.site;
    const build = this.options.build;
    this.log(this.navigation.dom_interactive_ms! + 6, 'info', `[app] ${build} up`, { online: true });
    chatter.asks.forEach((ask, index) => {
      this.request(this.navigation.dom_interactive_ms! + 12 + index * 9, {
        ...ask,
        took: this.chance.between(24, 90),
      });
    });
    const { url, everySeconds } = chatter.heartbeat;
    const every = Math.max(everySeconds, Math.ceil(this.options.secondsOpen / 40));
    for (let s = every; s < this.options.secondsOpen; s += every) {
      this.request(s * 1000, { method: 'POST', url, status: 204, took: 30, sent: { up_s: s, build } });
    }
    return this;
  }

  /** Document, bundles, styles and fonts, and nothing of what they do. */
  load(): this {
    const { site, path, build } = this.options;
    const documentTook = this.navigation.response_end_ms!;
    this.request(0, {
      url: path,
      kind: 'document',
      took: documentTook,
      size: this.chance.between(8, 24) * 512,
    });
    let ms = documentTook;
    for (const asset of site.assets) {
      ms += this.chance.between(2, 14);
      const cached = this.chance.next() < 0.25;
      this.request(ms, {
        url: asset.path.replace('{build}', build),
        kind: asset.kind,
        status: cached ? 304 : 200,
        size: cached ? 0 : asset.size,
      });
    }
    return this;
  }

  log(ms: number, level: Devtools['console'][number]['level'], ...args: unknown[]): this {
    this.console.push({ level, args, at: this.at(ms) });
    return this;
  }

  /** console.error with the stack of where it was called. */
  logError(ms: number, trace: string, ...args: unknown[]): this {
    this.console.push({ level: 'error', args, at: this.at(ms), stack: trace });
    return this;
  }

  /** Nobody caught it: `trace` begins with the message. */
  threw(ms: number, trace: string, kind: ErrorEntry['kind'] = 'error'): this {
    this.errors.push({ kind, message: trace.split('\n', 1)[0]!, stack: trace, at: this.at(ms) });
    return this;
  }

  longTask(ms: number, duration: number, attribution?: string): this {
    this.requireInside(ms + duration);
    this.longTasks.push({ start_ms: ms, duration_ms: duration, ...(attribution && { attribution }) });
    return this;
  }

  request(ms: number, sketch: RequestSketch): this {
    const { method = 'GET', status = 200, kind = 'fetch', sent, answer } = sketch;
    const took = sketch.took ?? this.chance.between(18, 140);
    this.requireInside(ms + took);
    const url = new URL(sketch.url, this.options.site.origin).href;
    const body = answer === undefined ? undefined : asText(answer);
    const size = sketch.size ?? (body === undefined ? 0 : Buffer.byteLength(body));
    const answered = status === 0 ? {} : this.answerHeaders(ms + took, kind, status, size, url);
    this.network.push({
      method,
      url,
      status,
      request_headers: { ...this.requestHeaders(kind, url, sent), ...sketch.requestHeaders },
      response_headers: { ...answered, ...sketch.headers },
      started_at: this.at(ms),
      duration_ms: took,
      response_size: size,
      ...(sent !== undefined && { request_body: asText(sent) }),
      ...(body !== undefined && { response_body: body }),
    });
    return this;
  }

  devtools(paint: { lcp?: number; cls?: number; fid?: number } = {}): Devtools {
    const blink = this.options.agent.engine === 'blink';
    return {
      console: this.console.sort((a, b) => byTime(a.at, b.at)),
      network: this.network.sort((a, b) => byTime(a.started_at, b.started_at)),
      errors: this.errors.sort((a, b) => byTime(a.at, b.at)),
      performance: {
        navigation: this.navigation,
        long_tasks: blink ? this.longTasks.sort((a, b) => a.start_ms - b.start_ms) : [],
        ...(blink ? paint : {}),
      },
    };
  }

  private requestHeaders(kind: Kind, url: string, sent: unknown): Record<string, string> {
    const { agent, site, language = 'en-GB,en;q=0.9' } = this.options;
    const own = url.startsWith(site.origin);
    return {
      accept: accept[kind],
      'accept-language': language,
      'user-agent': agent.userAgent,
      ...(kind !== 'document' && { referer: own ? this.page : `${site.origin}/` }),
      ...(agent.engine === 'blink' && {
        'sec-fetch-dest': kind === 'fetch' || kind === 'beacon' ? 'empty' : kind,
        'sec-fetch-mode': kind === 'document' ? 'navigate' : kind === 'fetch' ? 'cors' : 'no-cors',
        'sec-fetch-site': own ? 'same-origin' : 'cross-site',
      }),
      ...(own && kind !== 'font' && { cookie: '[removed by Toado]' }),
      ...(kind === 'fetch' && own && { authorization: '[removed by Toado]' }),
      ...(kind === 'fetch' && !own && { origin: site.origin }),
      ...(sent !== undefined && {
        'content-type': typeof sent === 'string' ? 'text/plain;charset=UTF-8' : 'application/json',
      }),
    };
  }

  private answerHeaders(ms: number, kind: Kind, status: number, size: number, url: string) {
    const own = url.startsWith(this.options.site.origin);
    const stored = kind === 'script' || kind === 'style' || kind === 'font' || kind === 'image';
    return {
      date: new Date(this.openedAt + ms).toUTCString(),
      server: own ? this.options.site.server : 'cdn',
      ...(status !== 304 && status !== 204 && { 'content-type': contentType[kind] }),
      ...(size > 0 && { 'content-length': String(size) }),
      ...(stored && { etag: `"${this.chance.hex(12)}"` }),
      'cache-control': stored ? 'public, max-age=31536000, immutable' : 'no-store',
      ...(kind === 'fetch' && own && { 'x-request-id': `req_${this.chance.hex(16)}` }),
    };
  }
}
