/** The spellings of a token that must appear in no output; written for the tests, apart from the code under test. */

export function spellingsOf(token: string): string[] {
  const bytes = Buffer.from(token);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, 'x'), bytes, Buffer.alloc(3, 'x')]).toString('base64');
    // Without the letters that what stands around it decides.
    return text.slice(offset === 0 ? 0 : offset + 1, Math.floor(((bytes.length + offset) * 8) / 6));
  });
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const bigEndian = Buffer.from(token, 'utf16le').swap16();
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
    bigEndian.toString('hex').slice(2),
    // Without the letters that what stands around it decides.
    ...[0, 1, 2].map((offset) =>
      Buffer.concat([Buffer.alloc(offset, 'x'), bigEndian, Buffer.alloc(3, 'x')])
        .toString('base64')
        .slice(offset === 1 ? 3 : 2, Math.floor(((bigEndian.length + offset) * 8) / 6)),
    ),
    hex.join(':'),
    hex.join(' ').toUpperCase(),
    hex.map((byte) => `0x${byte}`).join(', '),
    bytes.toString('hex').replace(/.{4}(?=.)/g, '$& '),
    hex
      .map((byte) => `00 ${byte}`)
      .join(' ')
      .slice(3),
    hex.map((byte) => `=${byte}`).join(''),
    hex.map((byte) => `=${byte.toUpperCase()}`).join(''),
    token.replaceAll('_', '=5F').replaceAll('=', '=3D').replaceAll('=3D5F', '=5F'),
    `${token.slice(0, 9)}=\r\n${token.slice(9)}`,
    `${token.slice(0, 2)}=\n${token.slice(2)}`,
    inOtherForm(token, (code) => String.fromCodePoint(code + 0xff01 - 0x21)),
    inOtherForm(token, mathematical),
    // As mail and PEM break lines.
    ...[64, 76].map((width) =>
      Buffer.from(`${'x'.repeat(40)}${token}`)
        .toString('base64')
        .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n')
        .slice(54),
    ),
  ];
}

function inOtherForm(token: string, form: (code: number) => string): string {
  return [...token].map((one) => form(one.charCodeAt(0))).join('');
}

/** Bold, as Unicode's mathematical alphabets have it. */
function mathematical(code: number): string {
  if (code >= 48 && code <= 57) return String.fromCodePoint(0x1d7ce + code - 48);
  if (code >= 65 && code <= 90) return String.fromCodePoint(0x1d400 + code - 65);
  if (code >= 97 && code <= 122) return String.fromCodePoint(0x1d41a + code - 97);
  return String.fromCodePoint(code);
}

/** The spellings that do appear. */
export function leaksOf(token: string, output: string): string[] {
  const text = output.toLowerCase();
  return spellingsOf(token).filter((spelling) => text.includes(spelling.toLowerCase()));
}
