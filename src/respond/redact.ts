/**
 * Keeps the token out of whatever leaves the process: results, errors, logs. It is looked for as it is, with any of
 * its characters percent-encoded or escaped as JSON, HTML and JavaScript do it, as hex, and base64-encoded (at each of
 * the three offsets at which it may stand inside longer text).
 */
const REDACTED = '[redacted token]';

/** base64 spells three bytes with four letters: the letters that depend on what stands before and after are cut off. */
function base64Core(secret: string, offset: number): string {
  const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return padded.toString('base64').slice(start, end);
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** One character in every spelling that a program might give it inside a text. */
function spellings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  return `(?:${literal(character)}|%(?:25)*${hex}|\\\\{1,4}(?:${literal(character)}|u00${hex}|x${hex})|&#(?:0*${code}|x0*${hex});)`;
}

function patternsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) => base64Core(secret, offset)).filter((core) => core.length >= 8);
  const url = base64.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  return [
    [...secret].map(spellings).join(''),
    literal(Buffer.from(secret).toString('hex')),
    ...new Set([...base64, ...url].map(literal)),
  ];
}

/** How many characters of a secret are looked for in the quick look; all tokens begin with `tok_`. */
const HEAD = 4;

/**
 * The quick look: whether a text has what it must have for a secret to be in it in some spelling, its first characters
 * as they are, or the sign of one of them spelled otherwise. Most texts have neither, and the thorough look takes
 * milliseconds on a long one. Plain searches are quicker than one pattern for everything.
 */
function quickLook(secret: string): (text: string) => boolean {
  const head = secret.slice(0, HEAD);
  const asItIs = new RegExp(literal(head), 'i');
  const afterBackslash = `ux${head}`.toLowerCase();
  const [, ...patterns] = patternsOf(secret);
  const encoded = patterns.map((pattern) => fromRarest(pattern.replaceAll('\\', '').toLowerCase()));
  const isEscaped = (text: string) => {
    for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1)) {
      if (afterBackslash.includes(text.charAt(at + 1).toLowerCase())) return true;
    }
    return false;
  };
  return (text) => {
    if (text.includes('%') || text.includes('&#') || asItIs.test(text) || isEscaped(text)) return true;
    const lower = text.toLowerCase();
    return encoded.some((one) => lower.includes(one));
  };
}

/** Of the letters that texts are made of, the rarest first; a search is as quick as its first character is rare. */
const RAREST = 'zqjxkvw0987654321';

/** An end of it that begins with a rare character and is long enough to mean it. */
function fromRarest(text: string): string {
  const half = text.slice(0, Math.ceil(text.length / 2));
  const rarest = [...RAREST].find((letter) => half.includes(letter));
  return rarest === undefined ? text : text.slice(text.indexOf(rarest));
}

export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #looks: ((text: string) => boolean)[] = [];
  #pattern?: RegExp;

  /** From now on it appears nowhere. Earlier ones stay secret: a rotated token may still be in somebody's answer. */
  add(secret: string): void {
    if (secret === '' || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#looks.push(quickLook(secret));
    this.#pattern = new RegExp([...this.#secrets].flatMap(patternsOf).join('|'), 'gi');
  }

  redact(text: string): string {
    return this.#looks.some((mayHold) => mayHold(text)) ? text.replace(this.#pattern!, REDACTED) : text;
  }

  /** A message as JSON, with the token taken out. Almost always one pass over the text. */
  redactJson(message: unknown): string {
    const text = JSON.stringify(message);
    if (this.redact(text) === text) return text;
    // Taken out of the strings first, so that what is left is JSON whatever stood around it.
    const clean = JSON.stringify(this.#redactAll(message));
    const cleaned = this.redact(clean);
    return isJson(cleaned) ? cleaned : clean;
  }

  /** The same value, or where a secret stood in one of its texts, a copy without it. */
  withoutSecrets<Value>(value: Value): Value {
    const text = JSON.stringify(value);
    return text === undefined || this.redact(text) === text ? value : (this.#redactAll(value) as Value);
  }

  #redactAll(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (Array.isArray(value)) return value.map((one) => this.#redactAll(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.redact(key), this.#redactAll(inner)]),
    );
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
