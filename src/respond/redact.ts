/**
 * Keeps the token out of whatever leaves the process: results, errors, logs. It is looked for as it is,
 * percent-encoded and base64-encoded (at each of the three offsets at which it may stand inside longer text).
 */
const REDACTED = '[redacted token]';

/** base64 spells three bytes with four letters: the letters that depend on what stands before and after are cut off. */
function base64Core(secret: string, offset: number): string {
  const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return padded.toString('base64').slice(start, end);
}

function percent(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) => base64Core(secret, offset)).filter((core) => core.length >= 8);
  const url = base64.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = Buffer.from(secret).toString('hex');
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      percent(secret),
      JSON.stringify(secret).slice(1, -1),
      hex,
      ...base64,
      ...url,
    ]),
  ];
}

export class Redactor {
  readonly #secrets = new Set<string>();
  #pattern?: RegExp;

  /** From now on it appears nowhere. Earlier ones stay secret: a rotated token may still be in somebody's answer. */
  add(secret: string): void {
    if (this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    const forms = [...this.#secrets].flatMap(formsOf);
    const escaped = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.#pattern = new RegExp(escaped.sort((a, b) => b.length - a.length).join('|'), 'gi');
  }

  redact(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, REDACTED) : text;
  }
}
