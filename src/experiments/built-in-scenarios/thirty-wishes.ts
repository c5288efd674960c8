import type { Check, Scenario, Script } from '../scenario/schema.ts';

const project = 'proj_garden';
const t = (number: number) => `t-gWn0${String(number).padStart(2, '0')}`;

interface Wish {
  /** What the person says, naming no tool. */
  says: string;
  tool: string;
  arguments: Record<string, unknown>;
  /** What its arguments have to match; the ticket's id if absent. */
  with?: Record<string, string>;
}

const about = (id: string) => ({ ticket_id: id });

/** In pairs and threes that are easily confused. */
const WISHES: Wish[] = [
  { says: 'What does the ticket t-M3mLkQ report?', tool: 'get_ticket', arguments: about('t-M3mLkQ') },
  { says: 'What did people answer on t-Spn9Kr?', tool: 'list_comments', arguments: about('t-Spn9Kr') },
  {
    says: 'Which requests failed on the page of t-CoRs7d?',
    tool: 'get_devtools',
    arguments: { ...about('t-CoRs7d'), panel: 'network', min_status: 400 },
    with: { ticket_id: 't-CoRs7d', panel: 'network' },
  },
  {
    says: 'Which JavaScript errors were thrown on the page of t-uN1aNp?',
    tool: 'get_devtools',
    arguments: { ...about('t-uN1aNp'), panel: 'errors' },
    with: { ticket_id: 't-uN1aNp', panel: 'errors' },
  },
  {
    says: 'What did the page of t-WsFlk2 write to its console?',
    tool: 'get_devtools',
    arguments: { ...about('t-WsFlk2'), panel: 'console' },
    with: { ticket_id: 't-WsFlk2', panel: 'console' },
  },
  {
    says: 'For how long did the page of t-2kJobs block?',
    tool: 'get_devtools',
    arguments: { ...about('t-2kJobs'), panel: 'performance' },
    with: { ticket_id: 't-2kJobs', panel: 'performance' },
  },
  {
    says: 'How did the page of t-Zx9Mdl look? I want to see it.',
    tool: 'get_capture_asset',
    arguments: about('t-Zx9Mdl'),
  },
  {
    says: 'At which coordinates was something drawn on the screenshot of t-Gr3yTl?',
    tool: 'get_annotations',
    arguments: about('t-Gr3yTl'),
  },
  {
    says: 'Which tickets anywhere mention “umlaut”?',
    tool: 'search_tickets',
    arguments: { query: 'umlaut' },
    with: { query: 'umlaut' },
  },
  {
    says: 'Which tickets of Studio Console were archived?',
    tool: 'list_tickets',
    arguments: { project_id: 'proj_console', status: 'archived' },
    with: { project_id: 'console', status: 'archived|all' },
  },
  {
    says: 'What stands In Review in Field Service?',
    tool: 'list_tickets',
    arguments: { project_id: 'proj_field', column_id: 'col_field_review' },
    with: { project_id: 'field', column_id: 'review' },
  },
  { says: 'Which companies can you see?', tool: 'list_companies', arguments: {}, with: {} },
  {
    says: 'Which projects does Globex have?',
    tool: 'list_projects',
    arguments: { company_id: 'co_globex' },
    with: {},
  },
  {
    says: 'Which columns does Field Service have?',
    tool: 'list_columns',
    arguments: { project_id: 'proj_field' },
    with: { project_id: 'field' },
  },
  {
    says: 'Who in Studio Console can be given a ticket?',
    tool: 'list_members',
    arguments: { project_id: 'proj_console' },
    with: { project_id: 'console' },
  },
  { says: 'What may your token do?', tool: 'whoami', arguments: {}, with: {} },
  {
    says: `Tell the people on ${t(1)}: the parts came.`,
    tool: 'add_comment',
    arguments: { ...about(t(1)), body: 'The parts came.' },
  },
  {
    says: 'New bug for Garden: “The pump is loud at night”.',
    tool: 'create_ticket',
    arguments: { project_id: project, title: 'The pump is loud at night' },
    with: { title: 'pump' },
  },
  {
    says: `${t(2)} should be called “Hose leaks at the tap”.`,
    tool: 'update_ticket',
    arguments: { ...about(t(2)), title: 'Hose leaks at the tap' },
    with: { ticket_id: t(2), title: 'leaks' },
  },
  {
    says: `I checked ${t(3)}: mark it as resolved, and leave it in its column.`,
    tool: 'update_ticket',
    arguments: { ...about(t(3)), resolved: true },
    with: { ticket_id: t(3), resolved: 'true' },
  },
  {
    says: `${t(4)} belongs in the column Done; it is not resolved yet.`,
    tool: 'move_ticket',
    arguments: { ...about(t(4)), target_column_id: 'col_garden_done' },
  },
  {
    says: `${t(5)} goes to the very top of the column Doing.`,
    tool: 'move_ticket',
    arguments: { ...about(t(5)), target_column_id: 'col_garden_doing', position: 0 },
    with: { ticket_id: t(5), position: '^0$' },
  },
  {
    says: `${t(6)}, ${t(7)} and ${t(8)} go to Done together.`,
    tool: 'bulk_move_tickets',
    arguments: { ticket_ids: [t(6), t(7), t(8)], target_column_id: 'col_garden_done' },
    with: { ticket_ids: t(6) },
  },
  {
    says: `${t(9)} was filed by mistake: off the board with it, but keep it.`,
    tool: 'archive_ticket',
    arguments: about(t(9)),
  },
  {
    says: `${t(10)} should not have been taken off the board: back with it.`,
    tool: 'restore_ticket',
    arguments: about(t(10)),
  },
  {
    says: `${t(11)} is being worked on in the branch garden/hose. Note that on the ticket; it stays where it is.`,
    tool: 'start_work_on_ticket',
    arguments: { ticket_ids: [t(11)], branch_name: 'garden/hose' },
    with: { ticket_ids: t(11) },
  },
  {
    says: `Tomasz takes ${t(12)}.`,
    tool: 'assign_ticket',
    arguments: { ...about(t(12)), user_id: 'usr_tomasz' },
  },
  {
    says: `Tomasz no longer works on ${t(13)}.`,
    tool: 'unassign_ticket',
    arguments: { ...about(t(13)), user_id: 'usr_tomasz' },
  },
  {
    says: `Priya takes ${t(14)} and ${t(15)}.`,
    tool: 'bulk_assign_tickets',
    arguments: { ticket_ids: [t(14), t(15)], user_id: 'usr_priya' },
    with: { ticket_ids: t(14) },
  },
  {
    says: `Priya no longer works on ${t(16)} and ${t(17)}.`,
    tool: 'bulk_unassign_tickets',
    arguments: { ticket_ids: [t(16), t(17)], user_id: 'usr_priya' },
    with: { ticket_ids: t(16) },
  },
];

const checks = WISHES.map((wish) => ({
  label: `${wish.tool} for “${wish.says}”`,
  called: [wish.tool],
  with: wish.with ?? { ticket_id: String(wish.arguments.ticket_id) },
})) satisfies Check[];

const calls: Script['calls'] = WISHES.map((wish) => ({ tool: wish.tool, arguments: wish.arguments }));
const without = (...tools: string[]) => calls.filter(({ tool }) => !tools.includes(tool));
const ticket = (number: number, more: object = {}) => ({
  id: t(number),
  project,
  column: 'Doing',
  title: `Garden job ${number}`,
  by: 'usr_jason',
  hours_ago: 60 - number,
  ...more,
});

export const thirtyWishes: Scenario = {
  name: 'thirty-wishes',
  title: 'Which tool for which wish',
  about: 'Thirty wishes that name no tool, in pairs that are easily confused; each has one tool that fits.',
  task: `Do each of these thirty, in Toado, in this order. Questions you answer in a few words; what you need to look up for them, look up. Use ids as they are given.

${WISHES.map(({ says }, at) => `${at + 1}. ${says}`).join('\n')}`,
  token: { scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'] },
  state: {
    projects: [{ id: project, company: 'co_acme', name: 'Garden', columns: ['To Do', 'Doing', 'Done'] }],
    tickets: [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => ticket(number)),
      ticket(10, { archived: true }),
      ...[11, 12].map((number) => ticket(number)),
      ticket(13, { assignees: ['usr_tomasz'] }),
      ...[14, 15].map((number) => ticket(number)),
      ...[16, 17].map((number) => ticket(number, { assignees: ['usr_priya'] })),
    ],
  },
  must: [
    { at_least: 27, of: checks, label: 'The tool that fits, for 27 wishes of 30' },
    { comment_on: t(1), says: ['parts'] },
    { created_in: project, title: 'pump' },
    { ticket: t(2), is: { title: 'Hose leaks at the tap' } },
    { ticket: t(3), is: { resolved: true, column: 'Doing' } },
    ...[4, 6, 7, 8].map((number) => ({ ticket: t(number), is: { column: 'Done', resolved: false } })),
    { ticket: t(9), is: { archived: true } },
    { ticket: t(10), is: { archived: false } },
    { ticket: t(11), is: { branch: '^garden/hose$', column: 'Doing' } },
    { ticket: t(12), is: { assignees: ['usr_tomasz'] } },
    { ticket: t(13), is: { assignees: [] } },
    ...[14, 15].map((number) => ({ ticket: t(number), is: { assignees: ['usr_priya'] } })),
    ...[16, 17].map((number) => ({ ticket: t(number), is: { assignees: [] } })),
  ],
  may_change: [{ ticket: t(5), fields: ['position'] }],
  score: [
    { at_least: 30, of: checks, label: 'The tool that fits, for every wish' },
    { refused_calls: { max: 2 } },
    { calls: { max: 45 } },
  ],
  solution: { calls, answer: 'All thirty are done.\nRESULT: done' },
  wrong: [
    {
      name: 'careless',
      fails: `${t(3)} ends`,
      calls: calls.map((call) =>
        call.arguments?.ticket_id === t(3)
          ? { tool: 'move_ticket', arguments: { ticket_id: t(3), target_column_id: 'col_garden_done' } }
          : call,
      ),
      answer: 'RESULT: done',
    },
    {
      name: 'reads whole tickets for everything',
      fails: '27 wishes',
      calls: without('get_devtools').concat({
        tool: 'get_ticket',
        arguments: { ticket_id: 't-CoRs7d', include: ['devtools'] },
      }),
      answer: 'RESULT: done',
    },
    {
      name: 'takes work begun for work moved',
      fails: `${t(11)} ends`,
      calls: calls.map((call) =>
        call.tool === 'start_work_on_ticket'
          ? { tool: 'move_ticket', arguments: { ticket_id: t(11), target_column_id: 'col_garden_to_do' } }
          : call,
      ),
      answer: 'RESULT: done',
    },
  ],
};
