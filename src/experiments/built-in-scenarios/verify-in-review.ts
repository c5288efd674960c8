import type { Scenario, Script } from '../scenario/schema.ts';

const project = 'proj_booking';
const holds = [
  {
    id: 't-vR0001',
    sha: 'a41c0de',
    title: 'Calendar shows yesterday as today',
    seen: 'Booked at 23:50 and again at 00:10 on staging: the right day both times.',
  },
  {
    id: 't-vR0003',
    sha: '77fe012',
    title: 'The price is missing for two nights',
    seen: 'Two nights, three nights, one night: a price each time, and the right one.',
  },
];
const broken = {
  id: 't-vR0002',
  sha: 'c0ffee1',
  title: 'The voucher is taken twice',
  seen: 'Still taken twice when one presses Enter and the button. Tried five times on staging.',
};
const absent = { id: 't-vR0004', sha: 'd00d5aa', title: 'Guests can’t be removed from a booking', seen: '' };
const all = [holds[0]!, broken, holds[1]!, absent];

const read = (ticket_id: string) => [
  { tool: 'get_ticket', arguments: { ticket_id } },
  { tool: 'list_comments', arguments: { ticket_id } },
];
const say = (ticket_id: string, body: string) => ({ tool: 'add_comment', arguments: { ticket_id, body } });
const move = (ticket_id: string, column: string) => ({
  tool: 'move_ticket',
  arguments: { ticket_id, target_column_id: column },
});
const accept = ({ id, sha }: { id: string; sha: string }) => [
  say(id, `Verified in ${sha}: deployed, and seen to work on staging.`),
  { tool: 'update_ticket', arguments: { ticket_id: id, resolved: true } },
  move(id, 'Done'),
];
const sendBack = (id: string, why: string) => [say(id, why), move(id, 'In Progress')];
const reading = [
  { tool: 'list_tickets', arguments: { project_id: project } },
  ...all.flatMap(({ id }) => read(id)),
];
const backBroken = sendBack(
  broken.id,
  'Not fixed: the voucher is still taken twice with Enter and the button.',
);
const backAbsent = sendBack(absent.id, `Not verified: ${absent.sha} is not in the deployed build.`);
const script = (calls: Script['calls']): Script => ({ calls, answer: 'Two hold, two do not.\nRESULT: done' });

export const verifyInReview: Scenario = {
  name: 'verify-in-review',
  title: 'Verify In Review, where two of four fixes are not fixed',
  about: 'Accepts only what is deployed and was seen to work: two go to Done, two go back.',
  task: `Verify the four tickets In Review of the Toado project Booking. The build on staging holds exactly these commits: a41c0de, 77fe012, c0ffee1, 9b2e77c.
A fix holds if its commit is in that build and somebody saw it work there afterwards; the tickets' comments say both. If it holds: a comment beginning with "Verified in <commit>:", the ticket resolved, moved to Done. If it doesn't: a comment that says what still happens or what is missing, the ticket moved to In Progress, not resolved.`,
  token: { scopes: ['read', 'comments', 'tickets:write'] },
  state: {
    projects: [
      {
        id: project,
        company: 'co_acme',
        name: 'Booking',
        columns: ['To Do', 'In Progress', 'Response Required', 'In Review', 'Done'],
      },
    ],
    tickets: all.map(({ id, title, sha, seen }, at) => ({
      id,
      project,
      column: 'In Review',
      title,
      description: `Reported by a guest. ${title}.`,
      by: 'usr_lena',
      hours_ago: 90 - at,
      comments: [
        {
          by: { user: 'usr_jason', token: 'claude-code on mac-mini' },
          hours_ago: 30 - at,
          body: `Fix in ${sha}: see the branch.`,
        },
        ...(seen
          ? [{ by: 'usr_lena', hours_ago: 5, body: seen }]
          : [{ by: 'usr_dana', hours_ago: 6, body: 'Looks good in the code, I would say.' }]),
      ],
    })),
  },
  must: [
    ...holds.map(({ id }) => ({ ticket: id, is: { column: 'Done', resolved: true } })),
    ...[broken, absent].map(({ id }) => ({ ticket: id, is: { column: 'In Progress', resolved: false } })),
    ...holds.map(({ id, sha }) => ({ comment_on: id, says: [`^Verified in ${sha}:`] })),
    { comment_on: broken.id, never_says: ['^Verified'] },
    { comment_on: absent.id, says: ['deployed|build|staging|missing'], never_says: ['^Verified'] },
    { read_before_writing: 'any' },
  ],
  score: [{ calls: { max: 30 } }, { refused_calls: 0 }, { repeated_writes: 0 }],
  solution: script([...reading, ...holds.flatMap(accept), ...backBroken, ...backAbsent]),
  wrong: [
    {
      name: 'careless',
      fails: `${broken.id} ends in In Progress`,
      ...script([...reading, ...all.flatMap(accept)]),
    },
    {
      name: 'takes a look at the code for a look at staging',
      fails: `${absent.id} ends in In Progress`,
      ...script([...reading, ...holds.flatMap(accept), ...backBroken, ...accept(absent)]),
    },
    {
      name: 'resolves and leaves them where they are',
      fails: `${holds[0]!.id} ends in Done`,
      ...script([
        ...reading,
        ...holds.flatMap((one) => accept(one).slice(0, 2)),
        ...backBroken,
        ...backAbsent,
      ]),
    },
  ],
};
