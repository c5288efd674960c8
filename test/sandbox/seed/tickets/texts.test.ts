import { describe, expect, test } from 'vitest';
import { world } from '../../../../src/sandbox/seed/tickets/index.ts';

const ticket = (id: string) => world.tickets.find((one) => one.id === id)!;
const textOf = (id: string): string => {
  const { title, description, comments = [] } = ticket(id);
  return [title, description, ...comments.map(({ body }) => body)].join('\n');
};
const everything = world.tickets.map(({ id }) => textOf(id)).join('\n');

describe('scripts', () => {
  test.each([
    'Arabic',
    'Hebrew',
    'Devanagari',
    'Bengali',
    'Han',
    'Hiragana',
    'Hangul',
  ])('%s is there', (script) => {
    expect(everything).toMatch(new RegExp(`\\p{Script=${script}}{3}`, 'u'));
  });

  test('emoji joined by ZWJ, flags, keycaps, skin tones', () => {
    for (const emoji of ['👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇰', '👨🏽‍🚀', '1️⃣']) expect(textOf('t-Em0j1Z')).toContain(emoji);
  });

  test('joiners inside Indic conjuncts', () => {
    expect(textOf('t-H1nBng')).toMatch(/\p{Script=Bengali}\u200D/u);
    expect(textOf('t-H1nBng')).toMatch(/\p{Script=Devanagari}\u200C/u);
  });

  test('composed and decomposed letters side by side', () => {
    const { title } = ticket('t-NfcNfd');
    expect(title).not.toBe(title.normalize('NFC'));
    expect(title.normalize('NFC').match(/Café/g)).toHaveLength(2);
  });

  test('letters under a pile of marks, and a word without an end', () => {
    expect(textOf('t-Z4lg0x')).toMatch(/\p{L}\p{M}{10}/u);
    expect(textOf('t-Z4lg0x')).toMatch(/\w{500}/);
  });

  test('bidirectional overrides, isolates, zero-width and tag characters', () => {
    for (const char of ['\u202E', '\u2066', '\u2067', '\u200B', '\u2060', '\uFEFF', '\u{E0041}'])
      expect(textOf('t-B1d1rL')).toContain(char);
    expect(textOf('t-B1d1rL')).toContain('👩\u200D🔧');
  });
});

describe('shapes', () => {
  test('a description of about 30,000 characters, with what matters in its middle', () => {
    const { description } = ticket('t-L0ngA1');
    expect(description.length).toBeGreaterThan(28_000);
    expect(description.length).toBeLessThan(33_000);
    const at = description.indexOf('transaction rolled back') / description.length;
    expect(at).toBeGreaterThan(0.35);
    expect(at).toBeLessThan(0.65);
  });

  test('Markdown with fences in fences, tables and HTML', () => {
    for (const piece of ['````markdown', '```js', '|---|---|', '<details>', '&amp;lt;', '\\n'])
      expect(ticket('t-MdHtm5').description).toContain(piece);
  });

  test('no text is empty but a draft’s', () => {
    for (const { id, title, description, draft, comments = [] } of world.tickets) {
      expect(title.trim(), id).not.toBe('');
      if (!draft) expect(description.trim(), id).not.toBe('');
      for (const { body } of comments) expect(body.trim(), id).not.toBe('');
    }
  });

  test('no text is left over from anywhere', () => {
    expect(everything).not.toMatch(/lorem ipsum|\bTODO\b|FIXME|\[object/i);
  });

  test('every web address is a made-up one', () => {
    for (const [, host] of everything.matchAll(/https?:\/\/([^/\s"')]+)/g))
      expect(host).toMatch(/\.example$/);
  });
});

describe('the hostile ticket', () => {
  const { title, description, comments, capture } = ticket('t-Inj3ct');
  const devtools = capture!.devtools(new Date());

  test('gives orders in its title, description, comment, page title, picture, console, network and errors', () => {
    const order = /ignore previous instructions|TOADO_API_TOKEN|AGENT:|your AI|SYSTEM:/i;
    const places = [
      title,
      description,
      comments![0]!.body,
      capture!.pageTitle,
      JSON.stringify(capture!.annotations),
    ];
    const panels = [devtools.console, devtools.network, devtools.errors].map((panel) =>
      JSON.stringify(panel),
    );
    for (const place of [...places, ...panels]) expect(place).toMatch(order);
  });

  test('tries to close fences, to run scripts, to send things away', () => {
    for (const piece of [
      '</toado>',
      '<script>',
      'javascript:',
      'onerror=',
      '![stars](https://',
      '<system>',
      'Human:',
      '"jsonrpc"',
      '\u001B[',
      '\u202E',
      '\u200B',
    ]) {
      expect(title + description).toContain(piece);
    }
    expect(description).toMatch(/[\u{E0061}-\u{E007A}]{5}/u);
  });

  test('came from outside, through a token that is revoked', () => {
    expect(ticket('t-Inj3ct').by.token!.id).toBe('tkn_old_feedback');
    expect(world.earlierTokens!.map(({ id }) => id)).toContain('tkn_old_feedback');
  });
});
