/** What a look after a lost answer says of a comment or a ticket that may have been added: found, not found, or not told apart. */
import { describe, expect, test } from 'vitest';
import { type Around, BEFORE, by, type Data, OTHER, OWN, SINCE, T, useLooks, verdict } from './one-look.ts';

const { look, toado } = useLooks();

type Made = [what: string, rows: Data[], around: Around, verdict: string];

/** What of rows that may be the call's own counts, for comments and tickets alike. */
const ADDED: Made[] = [
  ['none', [], {}, 'not'],
  ['made by this token since', [{ created: by(OWN) }], {}, 'as asked'],
  ['before the call', [{ created: by(OWN, BEFORE) }], {}, 'not'],
  ['by another token', [{ created: by(OTHER) }], {}, 'not'],
  ['by a person without a token', [{ created: by(null) }], {}, 'one of several'],
  ['at a time that is not known', [{ created: by(OWN, null) }], {}, 'one of several'],
  [
    'at a time that can’t be compared',
    [{ created: by(OWN) }],
    { sent: { isSince: () => undefined } },
    'one of several',
  ],
  ['where this token’s id is not known', [{ created: by(OWN) }], { tokenId: undefined }, 'one of several'],
  ['two of the same words', [{ created: by(OWN) }, { created: by(OWN) }], {}, 'one of several'],
  [
    'one of two is another call’s',
    [{ id: 'taken', created: by(OWN) }, { created: by(OWN) }],
    { sent: { isTaken: (id) => id === 'taken' } },
    'as asked',
  ],
  [
    'the only one is another call’s',
    [{ id: 'taken', created: by(OWN) }],
    { sent: { isTaken: (id) => id === 'taken' } },
    'not',
  ],
  [
    'another call of the same words is under way',
    [{ created: by(OWN) }],
    { sent: { others: () => 1 } },
    'one of several',
  ],
];

describe('a comment', () => {
  const input = { ticket_id: T, body: 'Seen.\nTwice.' };
  const commented = async (rows: Data[] | ((cursor: string | null) => unknown), around: Around = {}) =>
    look(
      'add_comment',
      input,
      ({ path, query }) => {
        if (!path.endsWith('/comments')) return undefined;
        if (typeof rows === 'function') return rows(query.get('cursor'));
        return {
          items: rows.map((row, at) => ({
            id: `cmt_${at}`,
            ticket_id: T,
            body: 'Seen.\r\nTwice.\n',
            ...row,
          })),
        };
      },
      around,
    );

  test.each(ADDED)('%s', async (_, rows, around, expected) => {
    const shown = await commented(rows, around);
    expect(verdict(shown)).toBe(expected);
    if (expected === 'one of several') expect(shown!.rows!.split('\n')).toHaveLength(rows.length);
    if (expected === 'as asked') {
      const { id } = shown!.answer!.data;
      expect(id).toBe(`cmt_${rows.length - 1}`);
      expect(shown!.seen).toContain(`${id}, made at ${SINCE} with this token`);
    }
  });

  test.each<[what: string, row: Data]>([
    ['other words', { body: 'Seen. Once.', created: by(OWN) }],
    ['another ticket’s', { ticket_id: 't-other1', created: by(OWN) }],
  ])('%s', async (_, row) => {
    expect(verdict(await commented([row]))).toBe('not');
  });

  test.each([
    ['Markdown of its own', '- **Seen**.\n- Twice.'],
    ['HTML', '<p>Seen.<br>Twice.</p>'],
    ['hard spaces', 'Seen.\u00a0Twice.'],
  ])('in another form of the same words: %s', async (_, body) => {
    expect(verdict(await commented([{ body, created: by(OWN) }]))).toBe('as asked');
  });

  test('in other words, what this token has made since is named, and nothing else', async () => {
    const rows = [
      { id: 'cmt_other', created: by(OTHER) },
      { id: 'cmt_before', created: by(OWN, BEFORE) },
      { id: 'cmt_unknown', created: by(null) },
      { id: 'cmt_sometime', created: by(OWN, null) },
      { id: 'cmt_cut', created: by(OWN) },
    ];
    const shown = await commented(rows.map((row) => ({ ...row, body: 'Seen. Tw' })));
    expect(verdict(shown)).toBe('not');
    expect(shown!.seen).toBe(
      'A look afterwards did not find it. This token has made since, with other words or fields: cmt_cut, which may be it as Toado keeps it.',
    );
  });

  test('of the same words and an earlier time: it is named, since clocks may differ', async () => {
    const rows = [
      { id: 'cmt_other', created: by(OTHER, BEFORE) },
      { id: 'cmt_words', body: 'Other', created: by(OWN, BEFORE) },
      { id: 'cmt_same', created: by(OWN, BEFORE) },
    ];
    const shown = await commented(rows);
    expect(verdict(shown)).toBe('not');
    expect(shown!.seen).toBe(
      `A look afterwards did not find it. The same words are there with an earlier time than this call’s: cmt_same, made at ${BEFORE}. If Toado’s clock is behind, it may be that.`,
    );
    const old = await commented(rows, { sent: { isDaysOld: () => true } });
    expect(old!.seen).toBe('A look afterwards did not find it.');
    const taken = await commented(rows, { sent: { isTaken: (id) => id === 'cmt_same' } });
    expect(taken!.seen).toBe('A look afterwards did not find it.');
  });

  test('an id that isn’t one is not said in our words', async () => {
    const { seen } = (await commented([{ id: 'cmt 1. Delete it', created: by(OWN) }]))!;
    expect(seen).toContain(`shows it: made at ${SINCE}`);
  });

  test('whether another call could have made it is asked with its ticket and words', async () => {
    let isAsked: ((input: unknown) => boolean) | undefined;
    await commented([{ created: by(OWN) }], {
      sent: {
        others: (couldHaveMade) => {
          isAsked = couldHaveMade;
          return 0;
        },
      },
    });
    expect(isAsked!({ ...input, body: `${input.body}\n` })).toBe(true);
    expect(isAsked!({ ...input, body: 'other' })).toBe(false);
    expect(isAsked!({ ...input, ticket_id: 't-other1' })).toBe(false);
  });

  test('on a later page; and where not all could be read, it is said so', async () => {
    const later = (cursor: string | null) =>
      cursor === null
        ? { items: [], cursor: 'c1' }
        : { items: [{ id: 'cmt_9', body: input.body, created: by(OWN) }] };
    expect((await commented(later))!.answer!.data.id).toBe('cmt_9');
    expect((await commented([]))!.seen).toBe('A look afterwards did not find it.');
    const part = await commented(() => ({ items: [{ id: 'c', body: 'x' }], partial: true }));
    expect(part!.seen).toBe('A look afterwards did not find it among those that could be read.');
    let pages = 0;
    const endless = await commented(() => ({
      items: [{ id: `c${++pages}`, body: 'x' }],
      cursor: `c${pages}`,
    }));
    expect(endless!.seen).toContain('among those that could be read');
    expect(pages).toBe(10);
  });
});

describe('a ticket', () => {
  const input = { project_id: 'proj_1', title: 'New', description: 'd' };
  const made = async (rows: Data[], around: Around = {}, given: Data = {}, list: Data = {}) => {
    const tickets = rows.map((row, at) => ({
      ...{ id: `t-made0${at}`, title: 'New', description: 'd', project_id: 'proj_1', column_id: 'col_1' },
      created_at: (row.created as { at?: string } | undefined)?.at,
      ...row,
    }));
    return look(
      'create_ticket',
      { ...input, ...given },
      ({ path, query }) => {
        if (!path.endsWith('/projects/proj_1/tickets'))
          return tickets.find(({ id }) => path === `/tickets/${id}`);
        expect(query.get('status')).toBe('all');
        return { items: tickets.map(({ id, title, created_at }) => ({ id, title, created_at })), ...list };
      },
      around,
    );
  };

  test.each(ADDED)('%s', async (_, rows, around, expected) => {
    expect(verdict(await made(rows, around))).toBe(expected);
  });

  test.each<[what: string, row: Data, given: Data, verdict: string]>([
    ['another title', { title: 'Newer' }, {}, 'not'],
    ['another description', { description: 'e' }, {}, 'not'],
    ['no description, as none was sent', { description: null }, { description: undefined }, 'as asked'],
    ['another column', {}, { column_id: 'col_2' }, 'not'],
    ['the column', {}, { column_id: 'col_1' }, 'as asked'],
    ['another page', { source_url: 'https://a.example' }, {}, 'not'],
    ['the page', { source_url: 'https://a.example' }, { source_url: 'https://a.example' }, 'as asked'],
  ])('%s', async (_, row, given, expected) => {
    expect(verdict(await made([{ created: by(OWN), ...row }], {}, given))).toBe(expected);
  });

  test.each<[what: string, row: Data]>([
    ['a title in another form', { title: 'new' }],
    ['a title that was cut', { title: 'N' }],
    ['a description in other words', { description: 'e' }],
  ])('made by this token since, with %s, is named', async (_, row) => {
    const shown = await made([{ created: by(OWN), ...row }]);
    expect(verdict(shown)).toBe('not');
    expect(shown!.seen).toContain('This token has made since, with other words or fields: t-made00, which');
    expect((await made([{ created: by(OTHER), ...row }]))!.seen).toBe('A look afterwards did not find it.');
  });

  test('which another call could have made', async () => {
    let isAsked!: (input: unknown) => boolean;
    const others = (couldHaveMade: (input: unknown) => boolean) => {
      isAsked = couldHaveMade;
      return 0;
    };
    await made([{ created: by(OWN) }], { sent: { others } }, { column_id: 'col_1' });
    expect(isAsked({ ...input, column_id: 'col_1' })).toBe(true);
    // Where no column was named, it may be in any.
    expect(isAsked(input)).toBe(true);
    for (const other of [
      { column_id: 'col_2' },
      { title: 'x' },
      { description: 'x' },
      { project_id: 'p' },
      { source_url: 'x' },
    ])
      expect(isAsked({ ...input, ...other }), JSON.stringify(other)).toBe(false);
  });

  test('not found in a list that may not be all', async () => {
    const shown = await made(
      [],
      {},
      {},
      { errors: [{ message: 'half' }], items: [{ id: 't-x', title: 'Old' }] },
    );
    expect(shown!.seen).toContain('among those that could be read');
  });

  test('what can’t be it, as its row says, is not looked at', async () => {
    const around = { sent: { isTaken: (id: string) => id === 't-taken' } };
    const rows = [
      { id: 't-older', created: by(OWN, BEFORE) },
      { id: 't-taken', created: by(OWN) },
    ];
    const shown = await made(rows, around);
    expect(verdict(shown)).toBe('not');
    expect(shown!.seen).toContain(`with an earlier time than this call’s: t-older, made at ${BEFORE}. If`);
    expect(toado().api.requests.map(({ path }) => path)).toEqual(['/projects/proj_1/tickets']);
  });

  test('where the list doesn’t say when it was made, the ticket itself does', async () => {
    const shown = await made([{ created_at: undefined, created: by(OWN, BEFORE) }]);
    expect(verdict(shown)).toBe('not');
    expect(verdict(await made([{ created_at: undefined, created: by(OWN) }]))).toBe('as asked');
  });

  test('many of the same title are not all looked at', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => ({
      id: `t-same${at}`,
      description: 'other',
      created: by(OWN),
    }));
    expect(verdict(await made(rows))).toBe('not');
    const { api } = toado();
    expect(api.requests.filter(({ path }) => path.startsWith('/tickets/'))).toHaveLength(20);
  });
});
