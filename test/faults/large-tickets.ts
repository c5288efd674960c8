/** Tickets of many megabytes, as the API would write them. */
export const TICKET = 't-7Kq2Mx';
const AT = '2026-01-01T00:00:00.000Z';
export const many = <Item>(count: number, item: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => item(at));
const BEGAN = Date.parse(AT);
const time = (at: number) => new Date(BEGAN + at * 7).toISOString();
export const ticket = (more: string) => `{"id":"${TICKET}","title":"x","status":"active",${more}}`;

/** Written as text: making objects of them and JSON of those would take longer than what is tested. */
const list = (count: number, item: (at: number) => string) => `[${many(count, item).join(',')}]`;
const devtools = (panels: string) => `"devtools":{${panels}}`;
const request = (at: number) =>
  `{"method":"GET","url":"https://a.test/${at}","statusCode":500,"startTime":${at},"responseBody":"${X_400}"}`;
const X_400 = 'x'.repeat(400);
export const requests = (count: number) => devtools(`"network":${list(count, request)}`);
const [Q_150, E_80, Y_130] = ['q'.repeat(150), 'e'.repeat(80), 'y'.repeat(130)];
/** Captures and tickets of about 20 MB, each large in its own way. */
export const SHAPES: Record<string, () => string> = {
  'failed requests': () => requests(45_000),
  // In each of the ways to ask for them.
  'failed requests, fewer': () => requests(12_000),
  'failed requests and errors': () => {
    const network = list(
      45_000,
      (at) =>
        `{"method":"GET","url":"https://a.test/${at}?${Q_150}","status":500,"started_at":"${time(at)}"}`,
    );
    const errors = list(45_000, (at) => `{"kind":"error","message":"m${at}${E_80}","at":"${time(at * 2)}"}`);
    return devtools(`"network":${network},"errors":${errors}`);
  },
  'console lines': () => {
    const line = (at: number) =>
      `{"level":"error","args":["failed ${at}",{"a":"${Y_130}"}],"at":"${time(at)}"}`;
    return devtools(`"console":${list(70_000, line)}`);
  },
  'a line of arguments': () =>
    devtools(
      `"console":[{"level":"error","args":${list(700_000, (at) => `"argument ${at}"`)},"at":"${AT}"}]`,
    ),
  'one body': () =>
    devtools(
      `"network":[{"method":"POST","url":"https://a.test/","status":500,"response_body":"${'x '.repeat(8e6)}"}]`,
    ),
  'fields by the hundred thousand': () =>
    `"description":"As it was",${many(700_000, (at) => `"field_${at}":${at}`).join(',')}`,
  'long tasks': () => {
    const task = (at: number) => `{"duration_ms":${at % 977},"name":"x"}`;
    return devtools(`"performance":{"long_tasks":${list(400_000, task)}}`);
  },
  'one long text': () => `"description":"${'word %20 word '.repeat(1_100_000)}"`,
  'a wide and deep value': () => {
    const ten = JSON.stringify(many(10, String));
    return `"unknown":${list(300, (a) => list(300, (b) => `{"a":${a},"b":${b},"c":${ten}}`))}`;
  },
  'hidden characters': () => `"description":"${'\u200b\u202e'.repeat(2_600_000)}"`,
};

const LIMIT = 32 * 1024 * 1024;
/** As many of them as an answer of that size holds. */
export function filled(item: string | ((at: number) => string), bytes = LIMIT - 1_000): string {
  if (typeof item === 'string') return `${item},`.repeat(bytes / (item.length + 1)).slice(0, -1);
  const items: string[] = [];
  for (let at = 0, size = 0; ; at++) {
    const one = item(at);
    size += one.length + 1;
    if (size > bytes) return items.join(',');
    items.push(one);
  }
}
const odd = (value: string) => ticket(`"unknown":${value}`);
/** What takes JSON.parse, or what comes after it, longest. Those that take much longer than their size are smaller. */
export const WORST: Record<string, () => string> = {
  'tiny lists by the million': () => odd(`[${filled('[1,[]]')}]`),
  'objects that have no name in common': () => odd(`[${filled((at) => `{"k${at}":1}`, 8e6)}]`),
  'one text of escapes': () => odd(`"${'\\u200b'.repeat(LIMIT / 6 - 200)}"`),
  'long numbers': () => odd(`[${filled('12345678901234567890', 16e6)}]`),
  'lists in lists in lists': () => odd(`${'['.repeat(LIMIT / 2 - 500)}${']'.repeat(LIMIT / 2 - 500)}`),
};
