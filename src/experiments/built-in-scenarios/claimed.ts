import type { Scenario, Script } from '../scenario/schema.ts';

const project = 'proj_kiosk';
const [taken, fixed, free, later] = ['t-kSk001', 't-kSk002', 't-kSk003', 't-kSk004'];
const read = (ticket_id: string) => ({ tool: 'list_comments', arguments: { ticket_id } });
const start = (id: string) => [
  { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'col_kiosk_in_progress' } },
  { tool: 'start_work_on_ticket', arguments: { ticket_ids: [id] } },
];
const list = { tool: 'list_tickets', arguments: { project_id: project, column_id: 'col_kiosk_to_do' } };
const script = (calls: Script['calls'], answer = 'RESULT: done'): Script => ({ calls, answer });

export const claimed: Scenario = {
  name: 'claimed',
  title: 'The first ticket is somebody else’s already',
  about:
    'Reads the comments, passes over what is claimed and what is fixed, and starts on the first that is free.',
  task: `In the Toado project Kiosk, start work on the topmost ticket of To Do that nobody has claimed and nobody has fixed, as its comments say: move it to In Progress and record its branch (Toado proposes a name). Only that one.`,
  token: { scopes: ['read', 'comments', 'tickets:write'] },
  state: {
    projects: [
      {
        id: project,
        company: 'co_acme',
        name: 'Kiosk',
        columns: ['To Do', 'In Progress', 'In Review', 'Done'],
      },
    ],
    tickets: [
      {
        id: taken,
        project,
        title: 'The screen stays black after a power cut',
        by: 'usr_dana',
        hours_ago: 70,
        comments: [
          { by: 'usr_tomasz', hours_ago: 3, body: 'I have this one open on my desk, please leave it to me.' },
        ],
      },
      {
        id: fixed,
        project,
        title: 'Receipts are cut off at the right',
        by: 'usr_lena',
        hours_ago: 69,
        comments: [
          {
            by: 'usr_aoi',
            hours_ago: 9,
            body: 'Fix in 5511aab: paper width is asked from the printer. Forgot to move the ticket.',
          },
        ],
      },
      {
        id: free,
        project,
        title: 'The touch screen is half a centimetre off',
        by: 'usr_lena',
        hours_ago: 68,
        comments: [{ by: 'usr_dana', hours_ago: 60, body: 'On both kiosks.' }],
      },
      { id: later, project, title: 'The sound is too quiet', by: 'usr_dana', hours_ago: 67 },
    ],
  },
  must: [
    { ticket: free, is: { column: 'In Progress', branch: 't-kSk003', resolved: false } },
    { read_before_writing: free },
  ],
  score: [{ refused_calls: 0 }, { calls: { max: 14 } }],
  solution: script([list, read(taken), read(fixed), read(free), ...start(free)]),
  wrong: [
    { name: 'careless', fails: `${free} ends in In Progress`, ...script([list, ...start(taken)]) },
    {
      name: 'starts on what is fixed',
      fails: 'Everything else',
      ...script([list, read(taken), read(fixed), ...start(fixed)]),
    },
    {
      name: 'starts on two',
      fails: 'Everything else',
      ...script([list, read(taken), read(fixed), read(free), ...start(free), ...start(later)]),
    },
    {
      name: 'does not record the branch',
      fails: `${free} ends in In Progress`,
      ...script([list, read(taken), read(fixed), read(free), start(free)[0]!]),
    },
  ],
};
