/**
 * Every tool as data, sorted by name, so that a start lists them without loading their code.
 * Generated from tools/ by `npm run build` (build/catalogue.ts): change the tool, not this file.
 */
import type { CatalogueEntry } from './entry.ts';

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'add_comment',
    title: 'Add a comment',
    scope: 'comments',
    effect: 'add',
    description: 'Posts a comment under the token owner’s name and the token’s label.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        body: {
          type: 'string',
          description: 'Markdown',
        },
      },
      required: ['ticket_id', 'body'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        body: {
          type: 'string',
        },
        created: {
          type: 'object',
          properties: {
            shown_as: {
              type: 'string',
            },
            at: {
              type: 'string',
            },
          },
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'archive_ticket',
    title: 'Archive a ticket',
    scope: 'tickets:write',
    effect: 'update',
    description: 'Takes a ticket off the board. restore_ticket brings it back.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
      },
      required: ['ticket_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'assign_ticket',
    title: 'Assign a ticket',
    scope: 'tickets:assign',
    effect: 'update',
    description: 'Adds an assignee; the others stay.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        user_id: {
          type: 'string',
          description: 'Id, name, e-mail or me',
        },
      },
      required: ['ticket_id', 'user_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'bulk_assign_tickets',
    title: 'Assign tickets',
    scope: 'tickets:assign',
    effect: 'update',
    description: 'Adds one assignee to tickets; each may fail alone.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_ids: {
          type: 'array',
          description: 'Ids or URLs',
          items: {
            type: 'string',
          },
          minItems: 1,
          maxItems: 1000,
        },
        user_id: {
          type: 'string',
          description: 'Id, name, e-mail or me',
        },
      },
      required: ['ticket_ids', 'user_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        results: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              ok: {
                type: 'boolean',
              },
              tickets: {
                type: 'integer',
              },
              ticket_ids: {
                type: 'array',
                items: {
                  type: 'string',
                },
              },
              all_others: {
                type: 'boolean',
              },
              positions: {
                type: 'string',
              },
            },
            required: ['ok', 'tickets'],
          },
        },
        shown_as: {
          type: 'string',
        },
      },
      required: ['results'],
    },
  },
  {
    name: 'bulk_move_tickets',
    title: 'Move tickets',
    scope: 'tickets:write',
    effect: 'update',
    description: 'Moves tickets to one column; each may fail alone.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_ids: {
          type: 'array',
          description: 'Ids or URLs',
          items: {
            type: 'string',
          },
          minItems: 1,
          maxItems: 1000,
        },
        target_column_id: {
          type: 'string',
          description: 'Id or name',
        },
      },
      required: ['ticket_ids', 'target_column_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        results: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              ok: {
                type: 'boolean',
              },
              tickets: {
                type: 'integer',
              },
              ticket_ids: {
                type: 'array',
                items: {
                  type: 'string',
                },
              },
              all_others: {
                type: 'boolean',
              },
              positions: {
                type: 'string',
              },
            },
            required: ['ok', 'tickets'],
          },
        },
        shown_as: {
          type: 'string',
        },
      },
      required: ['results'],
    },
  },
  {
    name: 'bulk_unassign_tickets',
    title: 'Unassign tickets',
    scope: 'tickets:assign',
    effect: 'update',
    description: 'Removes one assignee from tickets; each may fail alone.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_ids: {
          type: 'array',
          description: 'Ids or URLs',
          items: {
            type: 'string',
          },
          minItems: 1,
          maxItems: 1000,
        },
        user_id: {
          type: 'string',
          description: 'Id, name, e-mail or me',
        },
      },
      required: ['ticket_ids', 'user_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        results: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              ok: {
                type: 'boolean',
              },
              tickets: {
                type: 'integer',
              },
              ticket_ids: {
                type: 'array',
                items: {
                  type: 'string',
                },
              },
              all_others: {
                type: 'boolean',
              },
              positions: {
                type: 'string',
              },
            },
            required: ['ok', 'tickets'],
          },
        },
        shown_as: {
          type: 'string',
        },
      },
      required: ['results'],
    },
  },
  {
    name: 'create_ticket',
    title: 'Create a ticket',
    scope: 'tickets:write',
    effect: 'add',
    description: 'Files a ticket, without a capture. Search first: it may exist.',
    inputSchema: {
      type: 'object',
      properties: {
        project_id: {
          type: 'string',
          description: 'Id or name',
        },
        title: {
          type: 'string',
          description: 'One line',
        },
        description: {
          type: 'string',
          description: 'Markdown',
        },
        column_id: {
          type: 'string',
          description: 'Id or name; the first if absent',
        },
        source_url: {
          type: 'string',
          description: 'Page it is about',
        },
      },
      required: ['project_id', 'title'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'get_annotations',
    title: 'Get annotations',
    scope: 'read',
    effect: 'read',
    description: 'What the reporter drew on the screenshot, in its pixels.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        cursor: {
          type: 'string',
          description: 'From the page before',
        },
      },
      required: ['ticket_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        annotations: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              type: {
                type: 'string',
              },
            },
          },
        },
        next_cursor: {
          type: 'string',
        },
      },
      required: ['annotations'],
    },
  },
  {
    name: 'get_capture_asset',
    title: 'Get a picture',
    scope: 'read',
    effect: 'read',
    description:
      'Shows a screenshot or an attachment, scaled down; as link: a temporary URL of the original.',
    asFile: 'the original, in a folder of this machine',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        asset: {
          type: 'string',
          description: 'screenshot, screenshot_with_annotations or an attachment’s id',
          default: 'screenshot_with_annotations',
        },
        as: {
          type: 'string',
          description: 'link: the URL',
          enum: ['image', 'link', 'file'],
          default: 'image',
        },
      },
      required: ['ticket_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        url: {
          type: 'string',
        },
        content_type: {
          type: 'string',
        },
        width: {
          type: 'number',
        },
        height: {
          type: 'number',
        },
        expires_at: {
          type: 'string',
        },
      },
      required: ['url'],
    },
  },
  {
    name: 'get_devtools',
    title: 'Get DevTools entries',
    scope: 'read',
    effect: 'read',
    description:
      'One panel of a ticket’s recording, or timeline: console, network and errors around the error. Repeats are shown once. For a failed request: panel network, min_status 400, bodies true.',
    asFile: 'the whole panel, in a folder of this machine',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        panel: {
          type: 'string',
          description: 'What to read',
          enum: ['console', 'network', 'errors', 'performance', 'timeline'],
        },
        level: {
          type: 'string',
          description: 'Console level; in network, error means failed',
          enum: ['log', 'info', 'warn', 'error', 'debug'],
        },
        min_status: {
          type: 'integer',
          description: 'Network: lowest status',
          minimum: 0,
          maximum: 999,
        },
        method: {
          type: 'string',
          description: 'Network: GET, POST …',
        },
        kind: {
          type: 'string',
          description: 'Network: kind of resource',
          enum: ['document', 'fetch', 'script', 'style', 'image', 'font', 'media', 'other'],
        },
        query: {
          type: 'string',
          description: 'Words in text, URL, bodies',
        },
        around: {
          type: 'string',
          description: 'error, an entry’s number (network 412) or a time: only what is near it',
        },
        window: {
          type: 'number',
          description: 'Seconds before and after',
          minimum: 0,
          maximum: 3600,
          default: 5,
        },
        entry: {
          type: 'integer',
          description: 'An entry’s number (n): shows it whole',
          minimum: 1,
        },
        as: {
          type: 'string',
          description: 'curl: the request as a command, without secrets',
          enum: ['curl', 'file'],
        },
        order: {
          type: 'string',
          description: 'Default: oldest; of failed requests, likeliest cause first',
          enum: ['oldest', 'newest'],
        },
        bodies: {
          type: 'boolean',
          description: 'Network: with headers and bodies',
        },
        repeats: {
          type: 'boolean',
          description: 'Show repeats one by one',
        },
        limit: {
          type: 'integer',
          description: 'Entries at once; with bodies 10',
          minimum: 1,
          maximum: 100,
          default: 50,
        },
        cursor: {
          type: 'string',
          description: 'From the page before',
        },
        text_from: {
          type: 'integer',
          description: 'Where to go on in a cut text',
          minimum: 0,
        },
      },
      required: ['ticket_id', 'panel'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
        },
        panel: {
          type: 'string',
        },
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: {},
          },
        },
        next_cursor: {
          type: 'string',
        },
      },
      required: ['ticket_id', 'panel', 'items'],
    },
  },
  {
    name: 'get_ticket',
    title: 'Get a ticket',
    scope: 'read',
    effect: 'read',
    description:
      'Description, state, author, and its capture’s page, browser and gaps. include adds parts; devtools is a summary with the likeliest failed request.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        include: {
          type: 'array',
          description: 'Parts to add',
          items: {
            type: 'string',
            enum: ['capture', 'attachments', 'annotations', 'devtools'],
          },
        },
        text_from: {
          type: 'integer',
          description: 'Where to go on in a cut text',
          minimum: 0,
        },
      },
      required: ['ticket_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        project: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        column: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        resolved: {
          type: 'boolean',
        },
        is_draft: {
          type: 'boolean',
        },
        assignees: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
            },
          },
        },
        comment_count: {
          type: 'number',
        },
        has_capture: {
          type: 'boolean',
        },
        has_ai_activity: {
          type: 'boolean',
        },
        source_url: {
          type: 'string',
        },
        branch_name: {
          type: 'string',
        },
        created_at: {
          type: 'string',
        },
        updated_at: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        description: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'list_columns',
    title: 'List columns',
    scope: 'read',
    effect: 'read',
    description: 'Columns of a board, left to right.',
    inputSchema: {
      type: 'object',
      properties: {
        project_id: {
          type: 'string',
          description: 'Id or name',
        },
      },
      required: ['project_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        columns: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              name: {
                type: 'string',
              },
              order: {
                type: 'number',
              },
            },
          },
        },
      },
      required: ['columns'],
    },
  },
  {
    name: 'list_comments',
    title: 'List comments',
    scope: 'read',
    effect: 'read',
    description: 'Comments and their authors, oldest first. Read them before you act.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        limit: {
          type: 'integer',
          description: 'Rows at once',
          minimum: 1,
          maximum: 100,
          default: 50,
        },
        cursor: {
          type: 'string',
          description: 'From the page before',
        },
        text_from: {
          type: 'integer',
          description: 'Where to go on in a cut text',
          minimum: 0,
        },
      },
      required: ['ticket_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              body: {
                type: 'string',
              },
              created: {
                type: 'object',
                properties: {
                  shown_as: {
                    type: 'string',
                  },
                  at: {
                    type: 'string',
                  },
                },
              },
            },
          },
        },
        next_cursor: {
          type: 'string',
        },
      },
      required: ['items'],
    },
  },
  {
    name: 'list_companies',
    title: 'List companies',
    scope: 'read',
    effect: 'read',
    description: 'Companies the token can see, and its owner’s role.',
    inputSchema: {
      type: 'object',
      properties: {},
    },
    outputSchema: {
      type: 'object',
      properties: {
        companies: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              name: {
                type: 'string',
              },
              role: {
                type: 'string',
              },
            },
          },
        },
      },
      required: ['companies'],
    },
  },
  {
    name: 'list_members',
    title: 'List members',
    scope: 'read',
    effect: 'read',
    description: 'People who can see a project and be assigned.',
    inputSchema: {
      type: 'object',
      properties: {
        project_id: {
          type: 'string',
          description: 'Id or name',
        },
        cursor: {
          type: 'string',
          description: 'From the page before',
        },
      },
      required: ['project_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        members: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              name: {
                type: 'string',
              },
              email: {
                type: 'string',
              },
              role: {
                type: 'string',
              },
            },
          },
        },
        next_cursor: {
          type: 'string',
        },
      },
      required: ['members'],
    },
  },
  {
    name: 'list_projects',
    title: 'List projects',
    scope: 'read',
    effect: 'read',
    description: 'Projects the token can see, and the pages they are about.',
    inputSchema: {
      type: 'object',
      properties: {
        company_id: {
          type: 'string',
          description: 'Id or name',
        },
        cursor: {
          type: 'string',
          description: 'From the page before',
        },
      },
    },
    outputSchema: {
      type: 'object',
      properties: {
        projects: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              name: {
                type: 'string',
              },
              company_id: {
                type: 'string',
              },
              url_patterns: {
                type: 'array',
                items: {
                  type: 'string',
                },
              },
            },
          },
        },
        next_cursor: {
          type: 'string',
        },
      },
      required: ['projects'],
    },
  },
  {
    name: 'list_tickets',
    title: 'List tickets',
    scope: 'read',
    effect: 'read',
    description: 'A project’s tickets in board order, without drafts. Narrow with column_id first.',
    inputSchema: {
      type: 'object',
      properties: {
        project_id: {
          type: 'string',
          description: 'Id or name',
        },
        column_id: {
          type: 'string',
          description: 'Id or name',
        },
        status: {
          type: 'string',
          description: 'Which ones',
          enum: ['active', 'archived', 'all'],
          default: 'active',
        },
        query: {
          type: 'string',
          description: 'Words in the ticket',
        },
        limit: {
          type: 'integer',
          description: 'Rows at once',
          minimum: 1,
          maximum: 100,
          default: 50,
        },
        cursor: {
          type: 'string',
          description: 'From the page before',
        },
      },
      required: ['project_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              title: {
                type: 'string',
              },
              project_id: {
                type: 'string',
              },
              project: {
                type: 'string',
              },
              column_id: {
                type: 'string',
              },
              column: {
                type: 'string',
              },
              status: {
                type: 'string',
              },
              resolved: {
                type: 'boolean',
              },
              is_draft: {
                type: 'boolean',
              },
              assignees: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: {
                    id: {
                      type: 'string',
                    },
                  },
                },
              },
              comment_count: {
                type: 'number',
              },
              has_capture: {
                type: 'boolean',
              },
              has_ai_activity: {
                type: 'boolean',
              },
              source_url: {
                type: 'string',
              },
              branch_name: {
                type: 'string',
              },
              created_at: {
                type: 'string',
              },
              updated_at: {
                type: 'string',
              },
              page: {
                type: 'string',
              },
            },
          },
        },
        next_cursor: {
          type: 'string',
        },
      },
      required: ['items'],
    },
  },
  {
    name: 'move_ticket',
    title: 'Move a ticket',
    scope: 'tickets:write',
    effect: 'update',
    description: 'Moves a ticket to a column; by the column’s id also to another project of its company.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        target_column_id: {
          type: 'string',
          description: 'Id or name',
        },
        position: {
          type: 'integer',
          description: '0 is the top; the bottom if absent',
          minimum: 0,
        },
      },
      required: ['ticket_id', 'target_column_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'restore_ticket',
    title: 'Restore a ticket',
    scope: 'tickets:write',
    effect: 'update',
    description: 'Puts an archived ticket back into its column.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
      },
      required: ['ticket_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'search_tickets',
    title: 'Search tickets',
    scope: 'read',
    effect: 'read',
    description:
      'Finds tickets by their text in all projects, best match first. is:archived in the query adds archived ones.',
    inputSchema: {
      type: 'object',
      properties: {
        query: {
          type: 'string',
          description: 'All of these words',
        },
        company_id: {
          type: 'string',
          description: 'Id or name',
        },
        project_id: {
          type: 'string',
          description: 'Id or name',
        },
        limit: {
          type: 'integer',
          description: 'Rows at once',
          minimum: 1,
          maximum: 100,
          default: 50,
        },
        cursor: {
          type: 'string',
          description: 'From the page before',
        },
      },
      required: ['query'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: {
                type: 'string',
              },
              title: {
                type: 'string',
              },
              project_id: {
                type: 'string',
              },
              project: {
                type: 'string',
              },
              column_id: {
                type: 'string',
              },
              column: {
                type: 'string',
              },
              status: {
                type: 'string',
              },
              resolved: {
                type: 'boolean',
              },
              is_draft: {
                type: 'boolean',
              },
              assignees: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: {
                    id: {
                      type: 'string',
                    },
                  },
                },
              },
              comment_count: {
                type: 'number',
              },
              has_capture: {
                type: 'boolean',
              },
              has_ai_activity: {
                type: 'boolean',
              },
              source_url: {
                type: 'string',
              },
              branch_name: {
                type: 'string',
              },
              created_at: {
                type: 'string',
              },
              updated_at: {
                type: 'string',
              },
              page: {
                type: 'string',
              },
            },
          },
        },
        next_cursor: {
          type: 'string',
        },
      },
      required: ['items'],
    },
  },
  {
    name: 'start_work_on_ticket',
    title: 'Record a git branch',
    scope: 'tickets:write',
    effect: 'update',
    description: 'Records the git branch that tickets are worked on. Moves nothing.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_ids: {
          type: 'array',
          description: 'Ids or URLs',
          items: {
            type: 'string',
          },
          minItems: 1,
          maxItems: 1000,
        },
        branch_name: {
          type: 'string',
          description: 'Toado makes one up for a single ticket',
        },
      },
      required: ['ticket_ids'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        branch_name: {
          type: 'string',
        },
        ticket_ids: {
          type: 'array',
          items: {
            type: 'string',
          },
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'unassign_ticket',
    title: 'Unassign a ticket',
    scope: 'tickets:assign',
    effect: 'update',
    description: 'Removes one assignee; the others stay.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        user_id: {
          type: 'string',
          description: 'Id, name, e-mail or me',
        },
      },
      required: ['ticket_id', 'user_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        shown_as: {
          type: 'string',
        },
      },
    },
  },
  {
    name: 'update_ticket',
    title: 'Edit a ticket',
    scope: 'tickets:write',
    effect: 'overwrite',
    description:
      'Sets title, description or resolved. A new description replaces the whole old one for good.',
    inputSchema: {
      type: 'object',
      properties: {
        ticket_id: {
          type: 'string',
          description: 'Id or URL',
        },
        title: {
          type: 'string',
          description: 'One line',
        },
        description: {
          type: 'string',
          description: 'Markdown; empty clears it',
        },
        resolved: {
          type: 'boolean',
          description: 'true once the fix is verified',
        },
      },
      required: ['ticket_id'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        id: {
          type: 'string',
        },
        title: {
          type: 'string',
        },
        project_id: {
          type: 'string',
        },
        column_id: {
          type: 'string',
        },
        status: {
          type: 'string',
        },
        page: {
          type: 'string',
        },
        shown_as: {
          type: 'string',
        },
        resolved: {
          type: 'boolean',
        },
      },
    },
  },
  {
    name: 'whoami',
    title: 'Who am I',
    effect: 'read',
    description:
      'Whom the token acts as, its limits, which tools it lacks and why. Call it when a tool is missing or refused.',
    inputSchema: {
      type: 'object',
      properties: {},
    },
    outputSchema: {
      type: 'object',
      properties: {
        state: {
          type: 'string',
        },
        api: {
          type: 'string',
        },
        label: {
          type: 'string',
        },
        scopes: {
          type: 'array',
          items: {
            type: 'string',
          },
        },
        withheld: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              tool: {
                type: 'string',
              },
              reason: {
                type: 'string',
              },
            },
            required: ['tool', 'reason'],
          },
        },
      },
      required: ['state', 'api'],
    },
  },
];
