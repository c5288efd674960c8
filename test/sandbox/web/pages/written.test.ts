/** What is written on the pages: two who edit the same, and text that hides something. */
import { expect, test } from 'vitest';
import { visible } from '../../../../src/base/visible.ts';
import { startToado } from '../../../support/toado.ts';
import { visitor } from '../../support/visitor.ts';

const TICKET = '/tickets/t-7Kq2Mx';

/** The edit form as a page has it: both texts, and what they were when the page was opened. */
function editForm(body: string): Record<string, string> {
  const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(body)?.[1] ?? '';
  return {
    title: value('title'),
    title_base: value('title_base'),
    description: /<textarea name="description"[^>]*>\n?([^<]*)</.exec(body)![1]!,
    description_base: value('description_base'),
  };
}

test('who saves over a newer text is shown both, and saves knowingly after that', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  await toado.request('PATCH', TICKET, { title: 'Pay', description: 'As it was' });
  const form = editForm((await get(TICKET)).body);
  await toado.request('PATCH', TICKET, { description: 'The agent found the cause' });
  const refused = await post(`${TICKET}/edit`, { ...form, description: 'What I wrote' });
  expect(refused.status).toBe(409);
  expect(refused.body).toContain('The agent found the cause');
  expect(refused.body).toContain('>\nWhat I wrote</textarea>');
  const description = async () =>
    ((await toado.request('GET', `${TICKET}?include=`)).body as { description: string }).description;
  expect(await description()).toBe('The agent found the cause');
  const base = /name="description_base" value="([^"]+)"/.exec(refused.body)![1]!;
  const saved = await post(`${TICKET}/edit`, { description: 'Both', description_base: base });
  expect(saved.status).toBe(303);
  expect(await description()).toBe('Both');
});

test('who sends a text without saying over which one is shown both, whatever sent it', async () => {
  const toado = await startToado();
  const { post } = await visitor(toado);
  await toado.request('PATCH', TICKET, { title: 'Pay', description: 'As it was' });
  const state = async () => (await toado.request('GET', `${TICKET}?include=`)).body;
  for (const [sent, theirs, mine] of [
    [{ title: 'Mine' }, '>Pay<', 'value="Mine"'],
    [{ title: 'Pay', description: 'Mine' }, 'As it was', '>\nMine</textarea>'],
    [{ description: 'Mine', description_base: '' }, 'As it was', '>\nMine</textarea>'],
  ] as [Record<string, string>, string, string][]) {
    const { status, body } = await post(`${TICKET}/edit`, sent);
    expect(status).toBe(409);
    expect(body).toContain(theirs);
    expect(body).toContain(mine);
    expect(await state()).toMatchObject({ title: 'Pay', description: 'As it was' });
  }
  expect((await post(`${TICKET}/edit`, { title: 'Pay', resolved: 'yes' })).status).toBe(303);
  expect(await state()).toMatchObject({ title: 'Pay', resolved: true });
});

test('a field that one left alone is not written over what another wrote there', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  await toado.request('PATCH', TICKET, { title: 'Old title', description: 'One\r\nline' });
  const form = editForm((await get(TICKET)).body);
  await toado.request('PATCH', TICKET, { title: 'The agent’s title' });
  const asSent = form.description!.replaceAll(/\r?\n/g, '\r\n');
  expect((await post(`${TICKET}/edit`, { ...form, description: `${asSent} more` })).status).toBe(303);
  expect((await toado.request('GET', `${TICKET}?include=`)).body).toMatchObject({
    title: 'The agent’s title',
    description: 'One\nline more',
  });
  const both = await post(`${TICKET}/edit`, { ...form, title: 'My title', description: asSent });
  expect(both.status, 'the title alone was changed by both').toBe(409);
  expect(both.body).toContain('value="My title"');
  expect(both.body).not.toContain('<textarea name="description"');
});

test('what a browser sends back of a text that nobody changed is no edit', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  const texts = { title: 'two\nlines', description: '\n\nfirst lines are empty\rand a lone CR\r\nand both' };
  await toado.request('PATCH', TICKET, texts);
  const { body } = await get(TICKET);
  // The parser drops one line end after the tag.
  expect(body).toMatch(/<textarea name="description"[^>]*>\n\n\nfirst lines/);
  const form = editForm(body);
  const sent = {
    ...form,
    title: 'twolines',
    description: `${texts.description.replaceAll(/\r\n?|\n/g, '\r\n')} more`,
  };
  expect((await post(`${TICKET}/edit`, sent)).status).toBe(303);
  const { body: saved } = await toado.request('GET', `${TICKET}?include=`);
  expect(saved).toMatchObject({
    title: texts.title,
    description: '\n\nfirst lines are empty\nand a lone CR\nand both more',
  });
  expect((await get(TICKET)).body).not.toMatch(/>Jason<\/span><\/span><span class="what">edited the title/);
});

test('a form that is sent twice does it once, and says so when its words are others', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  const formId = (body: string, action: string) =>
    new RegExp(`action="${action}"[^>]*>.*?name="form_id" value="([^"]+)"`).exec(body)![1]!;
  const comment = { body: 'twice?', form_id: formId((await get(TICKET)).body, `${TICKET}/comments`) };
  const both = await Promise.all([post(`${TICKET}/comments`, comment), post(`${TICKET}/comments`, comment)]);
  expect(both.map(({ status, headers }) => [status, headers.location])).toEqual([
    [303, TICKET],
    [303, TICKET],
  ]);
  const board = '/projects/proj_storefront';
  const ticket = { title: 'twice?', form_id: formId((await get(board)).body, `${board}/tickets`) };
  for (let at = 0; at < 2; at++)
    expect((await post(`${board}/tickets`, ticket)).headers.location).toBe(board);
  const other = await post(`${TICKET}/comments`, { ...comment, body: 'Other words' });
  expect(other.status).toBe(409);
  expect(other.body).toContain('was sent before, with other words');
  const { body } = await toado.request('GET', `${TICKET}/comments`);
  const items = (body as { items: { body: string }[] }).items;
  expect(items.filter((one) => one.body === 'twice?')).toHaveLength(1);
  const found = await toado.request('GET', '/tickets/search?query=twice');
  const titles = (found.body as { items: { title: string }[] }).items.map(({ title }) => title);
  expect(titles.filter((title) => title === 'twice?')).toHaveLength(1);
});

/** Each hides something on a page that only knows some of the invisible characters. */
const HIDING = [
  '😀\u{e0061}\u{e0062}',
  '7\u{e0063}\u{e0064}',
  '#\u{e0065}',
  'a\u{e0100}\u{e01ef}',
  'b\u061cc',
  'so\u00adft',
  'x\u3164y',
  'v\ufe01w',
  'r\u202eevil',
  'z\u200bw\u2060',
];

test('what hides is shown, by the same rule as to agents, wherever the page has it', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  for (const text of HIDING) {
    await toado.request('PATCH', TICKET, { title: `T ${text}`, description: `D ${text}` });
    await toado.request('POST', `${TICKET}/comments`, { body: `C ${text}` });
    const { id } = await toado.createToken({ label: `L ${text}`, scopes: ['read'] });
    for (const path of [TICKET, '/projects/proj_storefront', '/settings/tokens', `/settings/tokens/${id}`]) {
      const { body } = await get(path);
      // What is edited or sent stays as it was written.
      const shown = body.replaceAll(/<textarea[\s\S]*?<\/textarea>|\svalue="[^"]*"/g, '');
      expect(shown, `${path} ${JSON.stringify(text)}`).toBe(visible(shown));
    }
  }
  const { body } = await get(TICKET);
  expect(body).toContain('<span class="unseen" title="An invisible character">U+202E</span>');
  expect(body).toContain('invisible: ab</span>');
  expect(body).toContain('<title>T z⟦U+200B⟧w⟦U+2060⟧ · Toado sandbox</title>');
  expect(body).toContain('value="T z\u200bw\u2060"');
});

test('what hides costs little, however much there is of it', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  const bare = (await get(TICKET)).body.length;
  const bodies = [
    '\u200b'.repeat(50_000),
    '\u200b\u2060'.repeat(25_000),
    '\u200b\u{e0061}'.repeat(16_000),
    'a\u200b'.repeat(25_000),
    '**a**\u2060`b`'.repeat(5000),
  ];
  for (const body of bodies) {
    expect((await toado.request('POST', `${TICKET}/comments`, { body })).status).toBe(201);
  }
  await toado.request('PATCH', TICKET, { description: bodies[1] });
  const { body } = await get(TICKET);
  const shown = body.replaceAll(/<textarea[\s\S]*?<\/textarea>|\svalue="[^"]*"/g, '');
  expect(shown).toContain('>U+200B ×3000</span>');
  expect(shown).toContain('>U+200B U+2060 ×3000</span>');
  expect(shown).toContain('>U+200B U+2060 ×50000</span>');
  expect(shown.length).toBeLessThan(bare + 200_000);
});

test('long comments are cut, and shown whole where that is asked for; many are shown in pages', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  const long = `${'word '.repeat(9000)}the end`;
  const ids: string[] = [];
  for (let at = 0; at < 50; at++) {
    const { body } = await toado.request('POST', `${TICKET}/comments`, { body: `${at} ${long}` });
    ids.push((body as { id: string }).id);
  }
  const latest = (await get(TICKET)).body;
  expect(latest.length).toBeLessThan(500_000);
  expect(latest).not.toContain('the end');
  const all = new RegExp(`href="([^"]*)#${ids[49]}">Show all 45,010 characters`).exec(latest)![1]!;
  const whole = (await get(all)).body;
  expect(whole.match(/the end/g)).toHaveLength(1);
  expect(whole).toContain(`id="${ids[49]}"`);
  const seen = new Set<string>();
  for (let page: string | undefined = TICKET; page; ) {
    const { body } = await get(page);
    for (const [, id] of body.matchAll(/<li id="(cmt_[^"]*)"/g)) seen.add(id!);
    page = /href="([^"#]*)[^"]*">\d+ earlier/.exec(body)?.[1];
  }
  expect(ids.filter((id) => !seen.has(id))).toEqual([]);
});

test('emoji and scripts that need their joiners keep them', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  const text = '👩🏽‍💻 می‌خواهم क्‍ष 1️⃣';
  await toado.request('PATCH', TICKET, { title: text });
  expect((await get(TICKET)).body).toContain(`<title>${text} ·`);
});
