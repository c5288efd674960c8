import type { SeedProject } from './world.ts';

/** The columns of Toado's documented workflow; what comes first is called one thing here and another there. */
function columns(short: string, first: string): SeedProject['columns'] {
  return [
    { id: `col_${short}_new`, name: first },
    { id: `col_${short}_progress`, name: 'In Progress' },
    { id: `col_${short}_response`, name: 'Response Required' },
    { id: `col_${short}_review`, name: 'In Review' },
    { id: `col_${short}_done`, name: 'Done' },
  ];
}

export const projects: SeedProject[] = [
  {
    id: 'proj_storefront',
    company: 'co_acme',
    name: 'Storefront',
    urlPatterns: ['https://shop.fjordandfern.example/*', 'https://staging.fjordandfern.example/*'],
    columns: columns('store', 'To Do'),
  },
  {
    id: 'proj_console',
    company: 'co_acme',
    name: 'Studio Console',
    urlPatterns: ['https://console.acme.example/*'],
    columns: columns('console', 'Backlog'),
    members: ['usr_jason', 'usr_priya', 'usr_tomasz', 'usr_aoi'],
  },
  {
    id: 'proj_field',
    company: 'co_globex',
    name: 'Field Service',
    urlPatterns: ['https://field.globex.example/*', 'https://dispatch.globex.example/*'],
    columns: columns('field', 'Backlog'),
  },
];

function places(project: string, short: string) {
  const at = (column: string) => ({ project, column: `col_${short}_${column}` });
  return {
    new: at('new'),
    progress: at('progress'),
    response: at('response'),
    review: at('review'),
    done: at('done'),
  };
}

/** Where a ticket lies, to be spread into it. */
export const storefront = places('proj_storefront', 'store');
export const studioConsole = places('proj_console', 'console');
export const field = places('proj_field', 'field');
