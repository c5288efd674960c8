import { Chance } from '../../captures/capture-kit.ts';
import { priya, tomasz } from '../../world/people.ts';
import { studioConsole } from '../../world/projects.ts';
import { days, hours } from '../../world/times.ts';
import type { SeedTicket } from '../../world/world.ts';

const steps = [
  'billing.import  row accepted              client=%c invoice=%i cents=%n',
  'billing.import  row accepted, tax looked up client=%c invoice=%i country=DE rate=19',
  'ledger.post     entry written             client=%c invoice=%i account=4400 cents=%n',
  'ledger.post     entry written             client=%c invoice=%i account=1776 cents=%n',
  'mail.queue      receipt queued            client=%c invoice=%i template=receipt-2',
] as const;

/** A night's log as people paste it: hundreds of lines of nothing, and the one that matters in the middle. */
function nightLog(): string {
  const chance = new Chance('night-log');
  const lines: string[] = [];
  let seconds = 2 * 3600;
  for (let i = 0; i < 262; i++) {
    seconds += chance.between(0, 4);
    const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
    const text = chance
      .pick(steps)
      .replace('%c', `cl_${chance.hex(6)}`)
      .replace('%i', `R-${22_000 + i}`)
      .replace('%n', String(chance.between(900, 480_000)));
    lines.push(`${clock} INFO  ${text}`);
    if (i === 131) lines.push(...culprit(clock));
  }
  return lines.join('\n');
}

function culprit(clock: string): string[] {
  return [
    `${clock} WARN  ledger.post     lock wait 30.0 s          table=ledger_entries holder=report.monthly pid=4127`,
    `${clock} ERROR ledger.post     transaction rolled back   invoice=R-22123..R-22131 (9 invoices)`,
    `${clock} INFO  billing.import  continuing after error    policy=skip`,
  ];
}

export const longLog: SeedTicket = {
  id: 't-L0ngA1',
  ...studioConsole.new,
  title: 'Night import loses nine invoices, log attached as text because the upload is broken',
  description: [
    'Nine invoices of last night’s import are in the list but not in the ledger: R-22123 to R-22131. The import says “finished, 0 errors”.',
    '',
    'The whole log of the run, sorry for the length (see t-Av4413 for why it isn’t a file):',
    '',
    '```',
    nightLog(),
    '```',
    '',
    'What I would like: the import stops at the first error, or at least doesn’t say “0 errors”.',
  ].join('\n'),
  by: priya,
  minutesAgo: days(1) + hours(9),
  comments: [
    {
      by: tomasz,
      minutesAgo: days(1) + hours(7),
      body: 'It’s in the middle of the log: the monthly report held a lock on ledger_entries for 30 s, the batch was rolled back, and `policy=skip` went on without counting it.',
    },
  ],
};
