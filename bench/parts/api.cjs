/**
 * An API that costs as little as can be: constant answers, so that what is measured is what stands before it.
 * `/slow/…` answers 20 ms later, `/gzip/…` compressed where that is asked for. Ticket t-bigBIG is 2 MB, t-etagET has an ETag. `/bytes` tells the body bytes sent.
 */
const { createServer } = require('node:http');
const { gzipSync } = require('node:zlib');

const at = '2026-01-01T00:00:00Z';
const by = { user: { id: 'usr_1', name: 'Jason' }, token: null, via: 'web', at };
const summary = (id) => ({
  id,
  title: 'Checkout button does nothing on the second click',
  project_id: 'proj_1',
  column_id: 'col_1',
  status: 'active',
  resolved: false,
  is_draft: false,
  assignees: [{ id: 'usr_2', name: 'Priya' }],
  comment_count: 3,
  has_capture: true,
  has_ai_activity: false,
  source_url: 'https://shop.example/checkout',
  created_at: at,
  updated_at: at,
});
const ticket = (id) => ({
  ...summary(id),
  description: 'The button stays grey after the first click. '.repeat(20),
  created: by,
  updated: by,
  capture: {
    id: 'cap_1',
    captured_at: at,
    url: 'https://shop.example/checkout',
    page_title: 'Checkout',
    browser: 'Chrome 140',
    viewport: { width: 1440, height: 900 },
    screenshot: { width: 2880, height: 1800 },
    extension_version: '2.1.0',
    page_load_state: 'complete',
    health: [],
  },
});
const request = (n) => ({
  method: 'GET',
  url: `https://shop.example/api/items/${n}?session=abcdefgh`,
  status: n % 50 === 0 ? 500 : 200,
  request_headers: { accept: 'application/json', 'x-request-id': `req-${n}` },
  response_headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  started_at: at,
  duration_ms: n % 300,
  response_size: 900,
  response_body: JSON.stringify({ n, name: 'An item with a name', text: 'lorem ipsum '.repeat(60) }),
});
const big = {
  ...ticket('t-bigBIG'),
  devtools: {
    console: Array.from({ length: 800 }, (_, n) => ({
      level: n % 40 ? 'log' : 'error',
      args: [`message ${n}`, { n }],
      at,
    })),
    network: Array.from({ length: 1600 }, (_, n) => request(n)),
    errors: [{ kind: 'error', message: 'x is not a function', stack: 'at y (z.js:1:1)', at }],
    performance: { navigation: { load: 1200 }, long_tasks: [] },
  },
};
const info = {
  id: 'tkn_1',
  label: 'bench',
  user: { id: 'usr_1', name: 'Jason' },
  scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
  companies: null,
  projects: null,
  limits: { reads_per_minute: 1e9, writes_per_minute: 1e9 },
  features: ['idempotency-key'],
};
const json = (value) => Buffer.from(JSON.stringify(value));
const packed = gzipSync(json(big));
const answers = {
  info: json(info),
  big: json(big),
  small: json(ticket('t-aaaaaa')),
};
/** Each comment has an id of its own, or it would not be this call's. */
let comments = 0;
const comment = () =>
  json({ id: `cmt_${++comments}`, ticket_id: 't-aaaaaa', body: 'seen', created: { ...by, via: 'mcp' } });

let bytes = 0;
createServer((asked, answer) => {
  const send = () => {
    const { url, method } = asked;
    if (url === '/bytes') return answer.end(String(bytes));
    const isPacked = url.startsWith('/gzip') && /\bgzip\b/.test(asked.headers['accept-encoding'] ?? '');
    const body = url.includes('token-info')
      ? answers.info
      : url.includes('t-bigBIG')
        ? isPacked
          ? packed
          : answers.big
        : method === 'POST'
          ? comment()
          : answers.small;
    const headers = { 'content-type': 'application/json' };
    if (body === packed) headers['content-encoding'] = 'gzip';
    if (url.includes('t-etagET')) headers.etag = '"1"';
    if (headers.etag && asked.headers['if-none-match'] === headers.etag) {
      answer.writeHead(304, headers);
      return answer.end();
    }
    bytes += body.length;
    answer.writeHead(method === 'POST' ? 201 : 200, { ...headers, 'content-length': body.length });
    answer.end(body);
  };
  asked.resume();
  if (asked.url.startsWith('/slow')) setTimeout(send, 20);
  else asked.on('end', send);
})
  .on('listening', function listening() {
    console.log(this.address().port);
  })
  .listen(0, '127.0.0.1');
process.stdin.resume().on('end', () => process.exit());
