import type { Visit } from './capture-kit.ts';

const cdn = 'https://img.fjordandfern.example';
const beaconHost = 'https://t.countless.example';

interface Good {
  sku: string;
  name: string;
  cents: number;
}

const rooms = ['Living room', 'Kitchen', 'Bedroom', 'Hallway', 'Garden', 'Study'] as const;
const things = ['lamp', 'stool', 'shelf', 'rug', 'vase', 'table', 'mirror', 'throw', 'bench', 'planter'];
const woods = ['Alder', 'Birch', 'Fern', 'Heather', 'Juniper', 'Larch', 'Moss', 'Rowan', 'Tarn', 'Willow'];

function goodsOf(visit: Visit, count: number): Good[] {
  return Array.from({ length: count }, (_, i) => ({
    sku: `FF-${1000 + i * 7}`,
    name: `${visit.chance.pick(woods)} ${visit.chance.pick(things)}`,
    cents: visit.chance.between(9, 189) * 1000 + visit.chance.pick([0, 900, 500, 950]),
  }));
}

/** How the shop looked at before the cart: lists, pictures, stock, and a tracker that talks all the time. */
export function strolled(visit: Visit, fromMs: number, untilMs: number): void {
  const goods = goodsOf(visit, 96);
  const each = (untilMs - fromMs) / rooms.length;
  rooms.forEach((room, index) => {
    const start = fromMs + index * each;
    const shown = goods.slice(index * 16, index * 16 + 16);
    openedList(visit, start, room, shown);
    lookedAround(visit, start + 1200, start + each - 1200, room, shown);
    for (let n = 0; n < 8; n++) openedProduct(visit, start + 4_000 + n * 5_700, shown[n * 2]!, shown);
  });
}

const praise = [
  'Sturdier than it looks. The oil finish needs a second coat after the first winter.',
  'Arrived two days early, one dowel short; support sent it the same week.',
  'Colour is a touch warmer than in the pictures, which suits us fine.',
  'Third one we bought. The cat approves.',
  'Beautiful piece. The assembly sheet has step 4 and 5 the wrong way round.',
  'Smelled of varnish for a week, since then nothing but compliments.',
] as const;

function openedProduct(visit: Visit, ms: number, good: Good, around: Good[]): void {
  visit.log(ms, 'info', `[router] navigated to /p/${good.sku}`);
  visit.request(ms + 6, {
    url: `/api/products/${good.sku}?locale=en-DE`,
    took: visit.chance.between(70, 210),
    answer: {
      sku: good.sku,
      name: good.name,
      price: { currency: 'EUR', minor_units: good.cents },
      dimensions_mm: { width: 420, depth: 380, height: visit.chance.between(300, 1900) },
      materials: ['oak', 'steel', 'hard wax oil'],
      reviews: Array.from({ length: 14 }, (_, i) => ({
        stars: visit.chance.between(3, 5),
        text: praise[(i + good.cents) % praise.length],
        verified: i % 4 !== 0,
        helpful: visit.chance.between(0, 40),
      })),
    },
  });
  for (let view = 1; view <= 6; view++) {
    visit.request(ms + 240 + view * 12, {
      url: `${cdn}/${good.sku}/view-${view}.webp?w=960`,
      kind: 'image',
      status: view === 1 ? 304 : 200,
      size: view === 1 ? 0 : visit.chance.between(40_000, 120_000),
    });
  }
  visit.request(ms + 420, {
    url: `/api/recommendations?for=${good.sku}`,
    answer: {
      for: good.sku,
      items: around.slice(0, 6).map(({ sku, name, cents }) => ({ sku, name, cents })),
    },
  });
  visit.longTask(ms + 460, visit.chance.between(51, 96), 'script: /assets/app');
  visit.log(ms + 500, 'log', '[store] catalogue/viewed', {
    previous: { open: null, seen: around.map(({ sku }) => sku) },
    next: { open: good.sku, seen: around.map(({ sku }) => sku), since: ms + 500 },
  });
}

function openedList(visit: Visit, ms: number, room: string, shown: Good[]): void {
  const slug = room.toLowerCase().replace(' ', '-');
  visit.log(ms, 'info', `[router] navigated to /c/${slug}`);
  visit.request(ms + 8, {
    url: `/api/catalogue/${slug}?page=1&per_page=16&locale=en-DE`,
    took: visit.chance.between(90, 260),
    answer: {
      category: room,
      total: 16,
      items: shown.map((good, position) => ({
        sku: good.sku,
        name: good.name,
        position,
        price: { currency: 'EUR', minor_units: good.cents },
        picture: `${cdn}/${good.sku}/main.webp`,
        in_stock: true,
        badges: position % 5 === 0 ? ['new'] : [],
      })),
    },
  });
  visit.longTask(ms + 300, visit.chance.between(54, 118), 'script: /assets/vendor');
  shown.forEach((good, position) => {
    const gone = position === 11 && room !== 'Study';
    visit.request(ms + 320 + position * 9, {
      url: `${cdn}/${good.sku}/main.webp?w=480`,
      kind: 'image',
      status: gone ? 404 : position % 3 === 0 ? 304 : 200,
      size: gone ? 0 : position % 3 === 0 ? 0 : visit.chance.between(9_000, 41_000),
    });
    visit.request(ms + 700 + position * 11, {
      url: `/api/stock/${good.sku}?store=HH-01`,
      answer: { sku: good.sku, available: visit.chance.between(1, 60), warehouse: 'HH-01', eta_days: 2 },
    });
  });
}

function lookedAround(visit: Visit, from: number, until: number, room: string, shown: Good[]): void {
  let ms = from;
  let count = 0;
  while (ms < until) {
    const good = visit.chance.pick(shown);
    const position = shown.indexOf(good);
    visit.log(ms, 'debug', '[analytics] queue', {
      event: 'item_impression',
      list: room,
      sku: good.sku,
      name: good.name,
      position,
      visible_ratio: visit.chance.between(50, 100) / 100,
      session: 's_8f21c0',
      consent: { statistics: true, marketing: false },
      screen: { width: 1440, height: 900, ratio: 2, scroll_y: (count * 37) % 2600 },
    });
    if (count % 3 === 0)
      visit.log(ms + 1, 'log', `[query] ["stock","${good.sku}"] is fresh, not asked again`);
    if (count % 11 === 0)
      visit.log(ms + 2, 'debug', '[scroll] depth', { page: room, percent: (count * 3) % 100 });
    if (count % 28 === 0) sentBeacon(visit, ms + 3, room, count);
    ms += visit.chance.between(58, 124);
    count++;
  }
}

/** The tracker's requests are given up by the browser now and then: no harm, nobody waits for them. */
export function sentBeacon(visit: Visit, ms: number, page: string, number: number): void {
  const aborted = number % 84 === 56;
  visit.request(ms, {
    method: 'POST',
    url: `${beaconHost}/collect?v=2&tid=FF-SHOP&n=${number}`,
    kind: 'beacon',
    status: aborted ? 0 : 204,
    took: aborted ? 1 : visit.chance.between(20, 70),
    sent: `en=batch&page=${encodeURIComponent(page)}&cnt=28&sid=s_8f21c0&ul=en-de&sr=1440x900`,
  });
}

const typed = [
  'H',
  'Ho',
  'Hoh',
  'Hohe',
  'Hohel',
  'Hoheluft',
  'Hoheluftch',
  'Hoheluftchaussee',
  'Hoheluftchaussee 1',
];

/** Filling in the address: suggestions at every few keystrokes, form state logged at each. */
export function filledInAddress(visit: Visit, fromMs: number): void {
  typed.forEach((query, index) => {
    visit.request(fromMs + index * 640, {
      url: `/api/address/suggest?country=DE&q=${encodeURIComponent(query)}`,
      took: visit.chance.between(60, 180),
      answer: {
        suggestions: ['Hoheluftchaussee', 'Hohe Bleichen', 'Hohenfelder Allee'].slice(0, index < 4 ? 3 : 1),
      },
    });
  });
  for (let key = 0; key < 220; key++) {
    visit.log(fromMs + key * 130, 'log', '[form] change', {
      form: 'address',
      field: ['name', 'street', 'postcode', 'city', 'phone'][Math.floor(key / 44)],
      length: (key % 44) + 1,
      valid: key % 44 > 3,
    });
  }
}

/** The session keeps itself alive for as long as the page is open. */
export function keptAlive(visit: Visit): void {
  for (let ms = 15_000; ms < visit.end - 1000; ms += 15_000) {
    visit.request(ms, {
      method: 'POST',
      url: '/api/session/keep-alive',
      status: 204,
      sent: { tab: 'visible' },
    });
    visit.log(ms + 90, 'debug', '[session] alive', { ttl_s: 1800, tab: 'visible' });
  }
}
