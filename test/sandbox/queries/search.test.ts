import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Database } from '../../../src/sandbox/db/database.ts';
import { matchFor } from '../../../src/sandbox/db/search-index.ts';
import { shared } from '../../support/ending.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { ids, smallWorld, start, ticket } from '../support/sandbox.ts';

const texts = {
  't-LATIN1': ticket('t-LATIN1', {
    title: 'Łódź café naïve',
    description: 'Checkout fails with TypeError in cart.ts:42',
  }),
  't-CHINA1': ticket('t-CHINA1', { title: '登录按钮失效', description: '点击之后没有反应' }),
  't-JAPAN1': ticket('t-JAPAN1', { title: 'ログインできない', description: '画面が真っ白になります' }),
  't-KOREA1': ticket('t-KOREA1', { title: '결제버튼이 안 눌려요' }),
  't-THAI01': ticket('t-THAI01', { title: 'ปุ่มชำระเงินใช้ไม่ได้' }),
  't-ARABIC': ticket('t-ARABIC', { title: 'زر الدفع لا يعمل' }),
  't-HEBREW': ticket('t-HEBREW', { title: 'כפתור התשלום תקוע' }),
  't-CYRIL1': ticket('t-CYRIL1', { title: 'Кнопка оплаты не работает' }),
  't-EMOJI1': ticket('t-EMOJI1', { title: 'Rocket 🚀 lands on 👩‍💻 and 🇯🇵', description: '🫠🫠' }),
  't-HINDI1': ticket('t-HINDI1', { title: 'भुगतान बटन काम नहीं करता' }),
};

const world = () => smallWorld({ tickets: Object.values(texts) });
/** Only read. */
const sandbox = shared(() => start({ world: world() }));
const find = (query: string, more = '') => `/tickets/search?query=${encodeURIComponent(query)}${more}`;

describe('finds', () => {
  test.each([
    ['lodz', [], 'ł is a letter of its own'],
    ['łodz', ['t-LATIN1'], 'without diacritics'],
    ['CAFE', ['t-LATIN1'], 'without diacritics, in any case'],
    ['naive', ['t-LATIN1'], ''],
    ['nai', ['t-LATIN1'], 'by the beginning of a word'],
    ['typeerr cart', ['t-LATIN1'], 'all words, in any order'],
    ['cart.ts:42', ['t-LATIN1'], 'with punctuation inside'],
    ['"naïve café"', [], 'a quotation, in its order only'],
    ['＂naïve café＂', [], 'whatever the quotation marks'],
    ['＂café naïve＂', ['t-LATIN1'], 'a quotation in other marks'],
    ['typeerr missing', [], 'only where all words are'],
    ['按钮', ['t-CHINA1'], 'inside a Chinese run'],
    ['反', ['t-CHINA1'], 'one Chinese character'],
    ['钮按', [], 'characters in that order only'],
    ['グイン', ['t-JAPAN1'], 'inside a Japanese run'],
    ['ﾛｸﾞｲﾝ', ['t-JAPAN1'], 'half-width for full-width'],
    ['버튼', ['t-KOREA1'], 'inside a Korean word'],
    ['ชำระเงิน', ['t-THAI01'], 'inside a Thai run'],
    ['الدفع', ['t-ARABIC'], ''],
    ['התשלום', ['t-HEBREW'], ''],
    ['кнопка ОПЛАТЫ', ['t-CYRIL1'], ''],
    ['बटन', ['t-HINDI1'], ''],
    ['🚀', ['t-EMOJI1'], 'an emoji'],
    ['🫠', ['t-EMOJI1'], 'a young emoji'],
    ['👩‍💻', ['t-EMOJI1'], 'a joined emoji'],
    ['🇯🇵', ['t-EMOJI1'], 'a flag'],
    ['🇯🇴', [], 'not another flag'],
    ['🦄', [], 'not another emoji'],
    ['t-LATIN1', ['t-LATIN1'], 'an id'],
    ['https://app.toado.dev/tickets/t-LATIN1', ['t-LATIN1'], "a ticket's page"],
  ])('%s → %j %s', async (query, expected) => {
    const { as } = sandbox();
    expect(ids(await as('olga')('GET', find(query)))).toEqual(expected);
    const board = `/projects/proj_shop/tickets?query=${encodeURIComponent(query)}`;
    if (!query.startsWith('http')) expect(ids(await as('olga')('GET', board))).toEqual(expected);
  });

  test('in title, description, comments, page address and page title', async () => {
    const { as } = await start({
      world: smallWorld({
        tickets: [
          ticket('t-TTTTTT', { title: 'walrus' }),
          ticket('t-DDDDDD', { description: 'a walrus' }),
          ticket('t-CCCCCC', {
            comments: [{ by: { user: 'usr_mia', via: 'web' }, minutesAgo: 1, body: 'walrus?' }],
          }),
          ticket('t-SSSSSS', { sourceUrl: 'https://shop.example/walrus?x=1' }),
          ticket('t-PPPPPP', {
            capture: {
              url: 'https://shop.example/',
              pageTitle: 'The walrus page',
              browser: 'Chrome',
              viewport: { width: 1, height: 1 },
              pageLoadState: 'complete',
              extensionVersion: '1',
              health: [],
              annotations: [],
              devtools: () => ({
                console: [],
                network: [],
                errors: [],
                performance: { navigation: {}, long_tasks: [] },
              }),
            },
          }),
        ],
      }),
    });
    const found = ids(await as('olga')('GET', find('walrus')));
    expect(found[0], 'the one with it in the title first').toBe('t-TTTTTT');
    expect(found.sort()).toEqual(['t-CCCCCC', 't-DDDDDD', 't-PPPPPP', 't-SSSSSS', 't-TTTTTT']);
  });

  test('what was just written, and no longer what was changed', async () => {
    const { as } = await start();
    await as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'Basket', description: 'has a hole' });
    await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'confirmed on Firefox' });
    for (const query of ['basket', 'hole', 'firefox']) {
      expect(ids(await as('olga')('GET', find(query))), query).toEqual(['t-AAAAAA']);
    }
    expect(ids(await as('olga')('GET', find('checkout')))).toEqual([]);
    // The description alone, and a second comment beside the first.
    await as('olga')('PATCH', '/tickets/t-AAAAAA', { description: 'has a crack' });
    await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'not on Chrome' });
    for (const query of ['crack', 'firefox', 'chrome']) {
      expect(ids(await as('olga')('GET', find(query))), query).toEqual(['t-AAAAAA']);
    }
    expect(ids(await as('olga')('GET', find('hole')))).toEqual([]);
    expect(ids(await as('olga')('GET', find('"confirmed on chrome"'))), 'in no comment').toEqual([]);
  });

  test('what was just made, and by a title that alone was changed', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', { title: 'Trolley' });
    expect(ids(await as('olga')('GET', find('trolley')))).toEqual([body.id]);
    await as('olga')('PATCH', `/tickets/${body.id}`, { title: 'Wheel' });
    expect(ids(await as('olga')('GET', find('wheel')))).toEqual([body.id]);
    expect(ids(await as('olga')('GET', find('trolley')))).toEqual([]);
  });

  test('in one company, or one project', async () => {
    const { as } = await start();
    const within = async (query: string) => ids(await as('olga')('GET', `${find('t')}${query}`)).sort();
    const all = ['t-AAAAAA', 't-BBBBBB', 't-CCCCCC', 't-GGGGGG', 't-VVVVVV'];
    for (const [query, found] of [
      ['', all],
      ['&company_id=co_acme', all.filter((id) => id !== 't-GGGGGG')],
      ['&company_id=co_globex', ['t-GGGGGG']],
      ['&project_id=proj_vault', ['t-VVVVVV']],
      ['&company_id=co_globex&project_id=proj_vault', []],
    ] as const)
      expect([query, await within(query)]).toEqual([query, found]);
    for (const [where, refusal] of [
      ['company_id=co_none', 'company_not_found'],
      ['project_id=proj_none', 'project_not_found'],
    ]) {
      const { body } = await as('olga')('GET', `${find('t')}&${where}`);
      expect(body.error.code).toBe(refusal);
    }
    for (const where of ['company_id=co_acme', 'project_id=proj_shop'])
      expect((await as('gus')('GET', `${find('t')}&${where}`)).body.error.code).toBe('forbidden');
    const projects = (await as('olga')('GET', '/projects?company_id=co_globex')).body;
    expect(projects.map(({ id }: { id: string }) => id)).toEqual(['proj_globex']);
  });
});

describe('archived tickets', () => {
  test('come in with is:archived, not without', async () => {
    const { as } = await start();
    await as('olga')('POST', '/tickets/t-AAAAAA/archive');
    expect(ids(await as('olga')('GET', find('checkout')))).toEqual([]);
    for (const query of ['checkout is:archived', 'is:archived checkout', 'IS:Archived checkout']) {
      expect(ids(await as('olga')('GET', find(query))), query).toEqual(['t-AAAAAA']);
    }
    expect(ids(await as('olga')('GET', find('is:archived mia')))).toEqual(['t-BBBBBB']);
    expect(ids(await as('olga')('GET', find('is:archived')))).toEqual(['t-AAAAAA']);
  });
});

describe('filters', () => {
  test('by company and by project', async () => {
    const { as } = await start({
      world: smallWorld({
        tickets: [
          ticket('t-SSSSSS', { title: 'bug' }),
          ticket('t-VVVVVV', { title: 'bug', project: 'proj_vault', column: 'col_vault_todo' }),
          ticket('t-GGGGGG', { title: 'bug', project: 'proj_globex', column: 'col_globex_todo' }),
        ],
      }),
    });
    expect(ids(await as('olga')('GET', find('bug')))).toEqual(['t-GGGGGG', 't-VVVVVV', 't-SSSSSS']);
    expect(ids(await as('olga')('GET', find('bug', '&company_id=co_acme')))).toEqual([
      't-VVVVVV',
      't-SSSSSS',
    ]);
    expect(ids(await as('olga')('GET', find('bug', '&project_id=proj_vault')))).toEqual(['t-VVVVVV']);
    expect(ids(await as('olga')('GET', find('bug', '&project_id=proj_vault&company_id=co_globex')))).toEqual(
      [],
    );
    expect(ids(await as('mia')('GET', find('bug')))).toEqual(['t-VVVVVV', 't-SSSSSS']);
  });
});

describe('hostile input is only text', () => {
  test.each([
    '"',
    '""',
    '"checkout',
    'checkout"',
    '"checkout button"',
    "'; DROP TABLE tickets; --",
    'a AND',
    'NOT checkout',
    'OR',
    'NEAR(checkout button)',
    'title:checkout',
    'title : checkout',
    '^checkout',
    '{title}: x',
    'checkout*',
    '*',
    '-',
    '+',
    '()',
    '(((',
    'a^b',
    '\\',
    '%',
    '_',
    '%_%',
    '\u0001\u0002',
    '\u200b',
    'é\u0301',
    'x '.repeat(490),
    'y'.repeat(1000),
    '"" "" a ""',
    '. . .',
    'is:archived is:archived "',
  ])('%j', async (query) => {
    const { as } = await start();
    for (const path of [find(query), `/projects/proj_shop/tickets?query=${encodeURIComponent(query)}`]) {
      const { status, text } = await as('olga')('GET', path);
      expect(status, text).toBe(200);
    }
    expect(ids(await as('olga')('GET', find('checkout')))).toEqual(['t-AAAAAA']);
  });

  test('a phrase in quotes is looked for as it stands', async () => {
    const { as } = await start();
    expect(ids(await as('olga')('GET', find('"checkout button"')))).toEqual(['t-AAAAAA']);
    expect(ids(await as('olga')('GET', find('"button checkout"')))).toEqual([]);
    expect(ids(await as('olga')('GET', find('button checkout')))).toEqual(['t-AAAAAA']);
  });

  test('nothing to look for is refused', async () => {
    const { as } = await start();
    for (const path of ['/tickets/search', '/tickets/search?query=', '/tickets/search?query=%20%09']) {
      const { status, body } = await as('olga')('GET', path);
      expect(`${status} ${body.error.code}`).toBe('400 validation_error');
    }
  });
});

test('a pasted text is looked for by its first words: its length is not what a search costs', async () => {
  const words = Array.from({ length: 300 }, (_, at) => `w${at}`);
  expect(matchFor(words.join(' '))?.words).toEqual(words.slice(0, 50).map((word) => `"${word}"*`));
  const world = smallWorld({ tickets: [ticket('t-LONG01', { description: words.slice(0, 60).join(' ') })] });
  const { as } = await start({ world });
  const text = encodeURIComponent(`${words.slice(0, 60).join(' ')} and more`);
  for (const path of ['/tickets/search', '/projects/proj_shop/tickets']) {
    expect(ids(await as('olga')('GET', `${path}?query=${text}`)), path).toEqual(['t-LONG01']);
  }
});

test('what becomes a quotation mark when it is normalised is one from the beginning', async () => {
  const { as } = await start();
  for (const query of ['日＂', 'x＂ OR title : ＂y', '＂', '＂＂', 'a＂*', '日＂ NEAR(＂', '﹡＂a＂']) {
    for (const path of ['/tickets/search', '/projects/proj_shop/tickets']) {
      const { status, body } = await as('olga')('GET', `${path}?query=${encodeURIComponent(query)}`);
      expect([query, status]).toEqual([query, 200]);
      expect(body.items).toEqual([]);
    }
  }
});

test('no character makes a query anything but a query', async () => {
  const db = new Database(join(temporaryFolder(), 'sandbox.db'));
  const changing = Array.from({ length: 0x2fa20 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point))
    .filter((character) => /["*():^+{}-]/.test(character.normalize('NFKC')));
  expect(changing.length).toBeGreaterThan(30);
  for (const character of changing) {
    for (const query of [
      character,
      `日${character}`,
      `x${character} OR title ${character}y`,
      `"日${character}"`,
    ]) {
      const match = matchFor(query);
      if (match) db.all('SELECT rowid FROM ticket_search WHERE ticket_search MATCH ?', match.inTitle);
    }
  }
  db.close();
});
