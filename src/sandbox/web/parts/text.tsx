import type { Child } from 'hono/jsx';

/**
 * What doesn't show by itself: control characters, direction overrides, zero-width characters, tag characters. The
 * zero-width joiners stay: emoji and some scripts need them.
 */
const unseen =
  /\p{Emoji}[\u{E0020}-\u{E007F}]+|[\u{E0000}-\u{E007F}]+|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

/** Text that anybody may have written, as text: what it hides is shown. */
export function Text({ children }: { children: string }) {
  return <>{visible(children)}</>;
}

function visible(text: string): Child[] {
  const shown: Child[] = [];
  let from = 0;
  for (const match of text.matchAll(unseen)) {
    const [hidden] = match;
    if (/^\p{Emoji}/u.test(hidden)) continue;
    shown.push(text.slice(from, match.index), <Hidden text={hidden} />);
    from = match.index + hidden.length;
  }
  shown.push(text.slice(from));
  return shown;
}

function Hidden({ text }: { text: string }) {
  const point = text.codePointAt(0)!;
  if (point >= 0xe0000) {
    const letters = [...text].map((char) => String.fromCodePoint(char.codePointAt(0)! - 0xe0000)).join('');
    return (
      <span class="unseen" title="Written in invisible tag characters">
        invisible: {letters.replace(/[^\x20-\x7e]/g, '')}
      </span>
    );
  }
  return (
    <span class="unseen" title="An invisible character">
      U+{point.toString(16).toUpperCase().padStart(4, '0')}
    </span>
  );
}

/** Paragraphs, lists, code and bold, as people write them. Never links, pictures or HTML. */
export function Prose({ text }: { text: string }) {
  return (
    <div class="prose" dir="auto">
      {blocksOf(text).map((block) => (
        <Block block={block} />
      ))}
    </div>
  );
}

interface ProseBlock {
  kind: 'paragraph' | 'code' | 'bullets' | 'numbers';
  lines: string[];
}

const bullet = /^\s*[-*•]\s+/;
const number = /^\s*\d{1,3}[.)]\s+/;

function blocksOf(text: string): ProseBlock[] {
  const blocks: ProseBlock[] = [];
  let current: ProseBlock | undefined;
  const add = (kind: ProseBlock['kind'], line: string) => {
    if (current?.kind !== kind) {
      current = { kind, lines: [] };
      blocks.push(current);
    }
    current.lines.push(line);
  };
  let fenced = false;
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s*```/.test(line)) {
      fenced = !fenced;
      current = undefined;
    } else if (fenced) add('code', line);
    else if (line.trim() === '') current = undefined;
    else if (bullet.test(line)) add('bullets', line.replace(bullet, ''));
    else if (number.test(line)) add('numbers', line.replace(number, ''));
    else add('paragraph', line);
  }
  return blocks;
}

function Block({ block: { kind, lines } }: { block: ProseBlock }) {
  if (kind === 'code') {
    return (
      <pre tabindex={0}>
        <Text>{lines.join('\n')}</Text>
      </pre>
    );
  }
  if (kind === 'paragraph') {
    return (
      <p dir="auto">
        <Inline text={lines.join('\n')} />
      </p>
    );
  }
  const items = lines.map((line) => (
    <li dir="auto">
      <Inline text={line} />
    </li>
  ));
  return kind === 'bullets' ? <ul>{items}</ul> : <ol>{items}</ol>;
}

function Inline({ text }: { text: string }) {
  const parts = text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/);
  return (
    <>
      {parts.map((part, at) => {
        if (at % 2 === 0) return <Text>{part}</Text>;
        const inner = part.startsWith('`') ? part.slice(1, -1) : part.slice(2, -2);
        return part.startsWith('`') ? (
          <code>
            <Text>{inner}</Text>
          </code>
        ) : (
          <strong>
            <Text>{inner}</Text>
          </strong>
        );
      })}
    </>
  );
}
