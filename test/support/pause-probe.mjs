/**
 * Loaded into the program before it starts (`node --import`): writes to the file PAUSES how long the program held its
 * thread in one piece at most, without what JSON.parse took, and how long that took at most. Processor time where the
 * system tells it, so that a busy machine changes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const schedule = `/proc/self/task/${process.pid}/schedstat`;
const onThread = () => Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6;
const clock = canRead() ? onThread : () => performance.now();
/** What smaller texts take is part of the work. */
const LARGE = 1_000_000;

let parsing = 0;
const found = { pause: 0, parse: 0 };
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
  const now = clock();
  const pause = now - last - parsing;
  if (process.env.PAUSES_LOG && pause > 30) process.stderr.write(`turn ${pause.toFixed(0)}\n`);
  if (pause > found.pause || parsing > found.parse) {
    found.pause = Math.max(found.pause, pause);
    found.parse = Math.max(found.parse, parsing);
    writeFileSync(process.env.PAUSES, JSON.stringify(found));
  }
  parsing = 0;
  last = clock();
  setTimeout(turn, 1).unref();
}
// The start is not what is asked about.
setTimeout(() => {
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
