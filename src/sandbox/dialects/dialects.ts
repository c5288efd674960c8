/**
 * The ordinary ways in which another REST API could say the same: each is a trait of its own, and a dialect is one
 * choice of each. Toado publishes no reference, so a client has to understand all of them.
 */
export const TRAITS = {
  /** What a list that doesn't page is wrapped in. */
  list: ['bare', 'items', 'data', 'results', 'records', 'named', 'data.items'],
  /** What a single thing is wrapped in. */
  single: ['bare', 'data', 'result', 'named'],
  /** How a list that pages says that there is more. */
  page: [
    'cursor',
    'next_cursor',
    'nextCursor',
    'next_page_token',
    'meta',
    'pagination',
    'page_info',
    'link',
    'numbers',
  ],
  /** How names of fields are written. */
  names: ['snake_case', 'camelCase'],
  ids: ['text', 'numbers'],
  times: ['iso', 'seconds', 'milliseconds'],
  booleans: ['true', 'text', 'numbers'],
  /** People, columns and projects by their id alone, or as objects. */
  references: ['contract', 'ids', 'objects'],
  /** Where a capture's panels are, with what names their entries have for times. */
  capture: ['apart', 'inside'],
  /** What a write is answered with. */
  writes: ['row', 'no content', 'accepted', 'ok', 'id'],
  /** How a refusal is explained. */
  errors: ['contract', 'text', 'message', 'code and message', 'list', 'fields', 'problem', 'plain text'],
  /** The status of what lies outside of what the token may see. */
  outOfReach: ['403', '404'],
  /** How the token info says its scopes. */
  scopes: ['list', 'text with spaces', 'text with commas'],
} as const;

export type Traits = { [Trait in keyof typeof TRAITS]: (typeof TRAITS)[Trait][number] };

export const CONTRACT: Traits = {
  list: 'bare',
  single: 'bare',
  page: 'cursor',
  names: 'snake_case',
  ids: 'text',
  times: 'iso',
  booleans: 'true',
  references: 'contract',
  capture: 'apart',
  writes: 'row',
  errors: 'contract',
  outOfReach: '403',
  scopes: 'list',
};

/** What `--dialect` takes. Together they hold every trait. */
export const DIALECTS: Record<string, { about: string; traits: Traits }> = {
  envelope: {
    about: 'everything in {data, meta} with numbered pages, camelCase and flat problem details',
    traits: {
      ...CONTRACT,
      list: 'data',
      single: 'data',
      page: 'numbers',
      names: 'camelCase',
      errors: 'problem',
    },
  },
  panels: {
    about: 'captures with their panels, and tickets with their comments inside; other names for times',
    traits: { ...CONTRACT, list: 'data.items', page: 'meta', capture: 'inside', errors: 'message' },
  },
  hidden: {
    about: '404 for what is out of reach, as if it weren’t there',
    traits: {
      ...CONTRACT,
      list: 'items',
      page: 'next_cursor',
      outOfReach: '404',
      errors: 'code and message',
    },
  },
  numbers: {
    about: 'ids, times and booleans as numbers',
    traits: {
      ...CONTRACT,
      ...{
        page: 'nextCursor',
        names: 'camelCase',
        ids: 'numbers',
        times: 'milliseconds',
        booleans: 'numbers',
      },
    },
  },
  named: {
    about: 'everything under its own name, pages in a Link header, errors as a list',
    traits: { ...CONTRACT, list: 'named', single: 'named', page: 'link', errors: 'list' },
  },
  terse: {
    about: 'writes without a body, people by their ids, errors in plain text',
    traits: {
      ...CONTRACT,
      page: 'pagination',
      references: 'ids',
      writes: 'no content',
      errors: 'plain text',
    },
  },
  accepted: {
    about: 'writes that are only accepted, or answer no more than ok; columns and projects as objects',
    traits: {
      ...CONTRACT,
      list: 'results',
      single: 'result',
      page: 'page_info',
      references: 'objects',
      writes: 'accepted',
      errors: 'text',
    },
  },
  ok: {
    about: 'writes that answer {ok: true}, times in seconds, scopes as one text with spaces',
    traits: {
      ...CONTRACT,
      ...{
        list: 'results',
        writes: 'ok',
        times: 'seconds',
        scopes: 'text with spaces',
        page: 'cursor',
      },
      errors: 'fields',
    },
  },
  records: {
    about: 'lists of records, writes that answer an id, booleans as text, scopes with commas',
    traits: {
      ...CONTRACT,
      ...{ list: 'records', single: 'data', writes: 'id', booleans: 'text', scopes: 'text with commas' },
      ...{ page: 'next_page_token', names: 'camelCase' },
    },
  },
};
