/** Reads what a program printed for a terminal: text in colours, in lines no longer than the terminal is wide. */

export interface Style {
  bold: boolean;
  dim: boolean;
  /** 0 to 15 of the usual palette; absent: the default. */
  colour?: number | undefined;
}

export interface Span {
  text: string;
  style: Style;
}

export type Line = Span[];

const PLAIN: Style = { bold: false, dim: false };

/** @param width in characters; longer lines go on in the next. Anything but colours and styles is left out. */
export function readAnsi(text: string, width: number): Line[] {
  const lines: Line[] = [];
  let style = PLAIN;
  for (const printed of text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n')) {
    let line: Line = [];
    let used = 0;
    for (const [, codes, final, plain] of printed.matchAll(/\u001b\[([\d;]*)([A-Za-z])|([^\u001b]+)/g)) {
      if (final !== undefined) {
        if (final === 'm') style = styled(style, codes!);
        continue;
      }
      for (const letter of plain!) {
        if (used === width) {
          lines.push(line);
          line = [];
          used = 0;
        }
        const last = line.at(-1);
        if (last && last.style === style) last.text += letter;
        else line.push({ text: letter, style });
        used++;
      }
    }
    lines.push(line);
  }
  return lines;
}

function styled(before: Style, codes: string): Style {
  let style = before;
  for (const code of (codes || '0').split(';').map(Number)) {
    if (code === 0) style = PLAIN;
    else if (code === 1) style = { ...style, bold: true };
    else if (code === 2) style = { ...style, dim: true };
    else if (code === 22) style = { ...style, bold: false, dim: false };
    else if (code === 39) style = { ...style, colour: undefined };
    else if (code >= 30 && code <= 37) style = { ...style, colour: code - 30 };
    else if (code >= 90 && code <= 97) style = { ...style, colour: code - 82 };
  }
  return style;
}
