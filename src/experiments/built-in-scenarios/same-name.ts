import type { Scenario, Script } from '../scenario/schema.ts';

const title = 'Opening hours on the contact page are last year’s';
const create = (project_id: string, its = title) => ({
  tool: 'create_ticket',
  arguments: {
    project_id,
    title: its,
    description: 'The contact page still says 8 to 16; it is 9 to 17 since January.',
  },
});
const reading = [{ tool: 'list_companies' }, { tool: 'list_projects' }];
const script = (calls: Script['calls']): Script => ({ calls, answer: 'RESULT: done' });

export const sameName: Scenario = {
  name: 'same-name',
  title: 'Two projects of the same name',
  about: 'Files a ticket in the right one of two projects called Website.',
  task: `File one new ticket in Toado, in the project Website of the company Globex, in its first column. Title: "${title}". Description: the contact page still says 8 to 16, it is 9 to 17 since January.`,
  token: { scopes: ['read', 'tickets:write'] },
  state: {
    projects: [
      { id: 'proj_webacme', company: 'co_acme', name: 'Website', columns: ['To Do', 'In Progress', 'Done'] },
      {
        id: 'proj_webglobex',
        company: 'co_globex',
        name: 'Website',
        columns: ['New', 'In Progress', 'Done'],
      },
    ],
  },
  must: [
    {
      created_in: 'proj_webglobex',
      column: 'New',
      title: '^Opening hours on the contact page are last year.s$',
      description: '9.{1,8}17',
    },
  ],
  score: [{ refused_calls: 0 }, { calls: { max: 8 } }],
  solution: script([...reading, create('proj_webglobex')]),
  wrong: [
    { name: 'careless', fails: 'made in proj_webglobex', ...script([create('proj_webacme')]) },
    {
      name: 'files it in both',
      fails: 'Everything else',
      ...script([...reading, create('proj_webacme'), create('proj_webglobex')]),
    },
    {
      name: 'files it twice',
      fails: 'made in proj_webglobex',
      ...script([...reading, create('proj_webglobex'), create('proj_webglobex', title)]),
    },
  ],
};
