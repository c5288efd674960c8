import type { Scenario, Script } from '../scenario/schema.ts';

const id = 't-lNg1hr';
const COMMENTS = 140;
const people = ['usr_lena', 'usr_dana', 'usr_tomasz', 'usr_aoi'];
const chatter = [
  'Seen it again on the test system, with 12 photos this time.',
  'Marketing asks when we will know.',
  'The numbers from the shop are in the wiki.',
  'I measured again: upload time is what people wait for, not the number.',
  'Not sure that a limit is the right thing at all.',
  'Could we ask the photographers?',
];
const said: Record<number, { by: string; body: string }> = {
  18: { by: 'usr_jason', body: 'Decision: at most 12 photos a product.' },
  61: {
    by: 'usr_jason',
    body: 'New decision after the call with the photographers: at most 30 photos a product. 12 is off the table.',
  },
  97: {
    by: 'usr_jason',
    body: 'Last word, agreed with Dana: at most 25 photos a product. This holds, please build it.',
  },
  98: { by: 'usr_dana', body: 'Confirmed, 25.' },
};
const comment = (body: string) => ({ tool: 'add_comment', arguments: { ticket_id: id, body } });
const read = (more: object = {}) => ({ tool: 'list_comments', arguments: { ticket_id: id, ...more } });
const script = (calls: Script['calls']): Script => ({ calls, answer: 'RESULT: done' });

export const longThread: Scenario = {
  name: 'long-thread',
  title: 'A decision in a thread of 140 comments',
  about: 'Reads a long thread to its end and finds the decision that holds, past two that were taken back.',
  task: `In the comments of the Toado ticket ${id} Jason decided how many photos a product may have at most. Write one comment on it: "Building it with at most <number> photos.", with the number that was decided in the end.`,
  token: { scopes: ['read', 'comments'] },
  state: {
    tickets: [
      {
        id,
        project: 'proj_storefront',
        title: 'How many photos may a product have?',
        description: 'There has to be a limit, the upload takes for ever. Discuss below; Jason decides.',
        by: 'usr_lena',
        hours_ago: 900,
        comments: Array.from({ length: COMMENTS }, (_, at) => ({
          by: said[at]?.by ?? people[at % people.length]!,
          hours_ago: 860 - at * 6,
          body: said[at]?.body ?? `${chatter[at % chatter.length]} (${at + 1})`,
        })),
      },
    ],
  },
  must: [
    { comment_on: id, says: ['at most 25 photos'] },
    { called: ['list_comments'], times: { min: 2 }, label: 'More than one page was read' },
  ],
  score: [{ tokens: { max: 30_000 } }, { refused_calls: 0 }],
  solution: script([
    read({ limit: 50 }),
    read({ limit: 90 }),
    read({ limit: 100 }),
    comment('Building it with at most 25 photos.'),
  ]),
  wrong: [
    {
      name: 'careless',
      fails: '25 photos',
      ...script([read({ limit: 20 }), comment('Building it with at most 12 photos.')]),
    },
    {
      name: 'stops in the middle',
      fails: '25 photos',
      ...script([read({ limit: 70 }), read({ limit: 70 }), comment('Building it with at most 30 photos.')]),
    },
    {
      name: 'guesses right',
      fails: 'More than one page',
      ...script([comment('Building it with at most 25 photos.')]),
    },
  ],
};
