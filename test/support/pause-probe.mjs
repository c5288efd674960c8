/**
 * Loaded into the program before it starts (`node --import`): adds a line to the file PAUSES for each time that the
 * program held its thread in one piece for more than 10 ms: `pause` without what JSON.parse took with texts of a megabyte
 * and more, `whole` with it; and what this machine takes for a piece of work that is always the same (`unit`), all in
 * milliseconds. Processor time where the system tells it, so that a busy machine changes little.
 */
import { appendFileSync, readFileSync } from 'node:fs';

const schedule = `/proc/self/task/${process.pid}/schedstat`;
const onThread = () => Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6;
const clock = canRead() ? onThread : () => performance.now();
/** What smaller texts take is part of the work. */
const LARGE = 1_000_000;

let parsing = 0;
let unit = Number.POSITIVE_INFINITY;
const parse = JSON.parse;
JSON.parse = (text, ...rest) => {
  if (String(text).length < LARGE) return parse(text, ...rest);
  const began = clock();
  try {
    return parse(text, ...rest);
  } finally {
    parsing += clock() - began;
  }
};

let last = clock();
function turn() {
  const whole = clock() - last;
  if (whole > 10)
    appendFileSync(process.env.PAUSES, `${JSON.stringify({ pause: whole - parsing, whole, unit })}\n`);
  parsing = 0;
  last = clock();
  setTimeout(turn, 1).unref();
}

function measureUnit() {
  const rows = Array.from({ length: 60_000 }, (_, at) => ({
    id: `t-${at}`,
    title: 'some title',
    at,
    list: [at, { a: 1 }],
  }));
  const text = JSON.stringify(rows);
  for (let round = 0; round < 3; round++) {
    const began = clock();
    parse(text);
    unit = Math.min(unit, clock() - began);
  }
}

// The start is not what is asked about.
setTimeout(() => {
  measureUnit();
  last = clock();
  turn();
}, 1_000).unref();

function canRead() {
  try {
    return onThread() > 0;
  } catch {
    return false;
  }
}
