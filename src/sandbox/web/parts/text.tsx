import { codePointName, parts } from '../../../base/visible.ts';

/** Text that anybody may have written, as text: what it hides is shown. */
export function Text({ children }: { children: string }) {
  return <>{runsOf(children).map((run) => (typeof run === 'string' ? run : <Hidden points={run} />))}</>;
}

/** Texts, and between them the code points that don't show; tag characters, which spell words, in one run. */
function runsOf(text: string): (string | number[])[] {
  const runs: (string | number[])[] = [];
  for (const part of parts(text)) {
    const last = runs.at(-1);
    if (typeof part === 'string') runs.push(part);
    else if (isTag(part) && Array.isArray(last) && isTag(last[0]!)) last.push(part);
    else runs.push([part]);
  }
  return runs;
}

const tags = 0xe0000;

function isTag(point: number): boolean {
  return point > tags && point < tags + 0x80;
}

function Hidden({ points }: { points: number[] }) {
  if (isTag(points[0]!)) {
    const letters = points.map((point) => String.fromCodePoint(point - tags)).join('');
    return (
      <span class="unseen" title="Written in invisible tag characters">
        invisible: {letters.replace(/[^\x20-\x7e]/g, '')}
      </span>
    );
  }
  return (
    <span class="unseen" title="An invisible character">
      {codePointName(points[0]!)}
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
