/** The spellings of a token that must appear in no output; written for the tests, apart from the code under test. */

export function spellingsOf(token: string): string[] {
  const bytes = Buffer.from(token);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, 'x'), bytes, Buffer.alloc(3, 'x')]).toString('base64');
    // Without the letters that what stands around it decides.
    return text.slice(offset === 0 ? 0 : offset + 1, Math.floor(((bytes.length + offset) * 8) / 6));
  });
  return [
    token,
    encodeURIComponent(token),
    token.replaceAll('_', '%5F'),
    percent,
    percent.toUpperCase(),
    bytes.toString('hex'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    [...bytes].map((byte) => `\\u${byte.toString(16).padStart(4, '0')}`).join(''),
    [...bytes].map((byte) => `&#${byte};`).join(''),
    [...bytes].map((byte) => `&#${byte} `.trim()).join(''),
    [...bytes].map((byte) => `&#x${byte.toString(16)}`).join(';'),
    [...bytes].map((byte) => `\\u{${byte.toString(16)}}`).join(''),
    [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
    token.replaceAll('_', '&lowbar;'),
    [...token].join('\u200b'),
    [...token].join('\0'),
    [...token].join('\\u0000'),
    Buffer.from(token, 'utf16le').toString('hex'),
    // As mail and PEM break lines.
    ...[64, 76].map((width) =>
      Buffer.from(`${'x'.repeat(40)}${token}`)
        .toString('base64')
        .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n')
        .slice(54),
    ),
  ];
}

/** The spellings that do appear. */
export function leaksOf(token: string, output: string): string[] {
  const text = output.toLowerCase();
  return spellingsOf(token).filter((spelling) => text.includes(spelling.toLowerCase()));
}
