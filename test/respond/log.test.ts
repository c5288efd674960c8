/** A line on stderr is one line, steers no terminal and holds no token, whatever was written in what it tells of. */
import { expect, test } from 'vitest';
import { createLog, LOG_FORMATS } from '../../src/respond/log.ts';
import { Redactor } from '../../src/respond/redact-token.ts';

const TOKEN = 'tok_9fK2aQ8x7LmP3sVt1ZyB4cDw6eRn';

test.each(LOG_FORMATS)('%s', (format) => {
  const redactor = new Redactor();
  redactor.add(TOKEN);
  const lines: string[] = [];
  const log = createLog({ level: 'info', format, redactor, write: (line) => lines.push(line) });
  const spaced = [...TOKEN].join('\u200b');
  log('warn', `ready as \u001b[2J\u202e${TOKEN}\n  and more`, { label: `a\u009b${spaced}\nb` });
  log('debug', 'not at this level');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]*\n$/);
  expect(lines[0]).not.toMatch(/[\p{Cc}\p{Cf}]./u);
  expect(lines[0]).toContain('⟦U+202E⟧');
  expect(lines[0]!.match(/\[redacted token\]/g)).toHaveLength(2);
  expect(lines[0]).not.toContain(TOKEN.slice(4, 12));
});
