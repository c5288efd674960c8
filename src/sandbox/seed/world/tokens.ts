import { days, hours, weeks } from './times.ts';
import type { EarlierToken, SeedAuthor, SeedToken } from './world.ts';

/** One for each row of the user page's "Use case / Recommended scopes" table, and one for a single project. */
export const tokens: SeedToken[] = [
  {
    id: 'tkn_triage',
    name: 'triage',
    useCase: 'Claude Code triage agent',
    token: 'tok_sandbox_triage',
    label: 'claude-code on macbook',
    user: 'usr_jason',
    scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
  },
  {
    id: 'tkn_reader',
    name: 'reader',
    useCase: 'Read-only reporting / dashboards',
    token: 'tok_sandbox_reader',
    label: 'weekly numbers',
    user: 'usr_priya',
    scopes: ['read'],
  },
  {
    id: 'tkn_commenter',
    name: 'commenter',
    useCase: 'Slack bot that posts comments',
    token: 'tok_sandbox_commenter',
    label: 'slack-bot',
    user: 'usr_priya',
    scopes: ['read', 'comments'],
  },
  {
    id: 'tkn_status',
    name: 'status',
    useCase: 'External system that updates ticket status',
    token: 'tok_sandbox_status',
    label: 'deploy pipeline',
    user: 'usr_jason',
    scopes: ['read', 'comments', 'tickets:write'],
  },
  {
    id: 'tkn_per_project',
    name: 'per-project',
    useCase: 'Per-project agent with no assignment power',
    token: 'tok_sandbox_per_project',
    label: 'claude-code on console repo',
    user: 'usr_jason',
    scopes: ['read', 'comments', 'tickets:write'],
    companies: ['co_acme'],
    projects: ['proj_console'],
  },
  {
    id: 'tkn_one_project',
    name: 'one-project',
    useCase: 'All four scopes, in one project only',
    token: 'tok_sandbox_one_project',
    label: 'claude-code on storefront repo',
    user: 'usr_jason',
    scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
    companies: ['co_acme'],
    projects: ['proj_storefront'],
  },
];

export const earlierTokens: EarlierToken[] = [
  {
    id: 'tkn_old_macmini',
    label: 'claude-code on mac-mini',
    user: 'usr_jason',
    scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
    createdMinutesAgo: weeks(11),
    revokedMinutesAgo: days(1) + hours(3),
  },
  {
    id: 'tkn_old_nightly',
    label: 'nightly triage',
    user: 'usr_priya',
    scopes: ['read', 'comments', 'tickets:write'],
    createdMinutesAgo: weeks(9),
    revokedMinutesAgo: days(4),
  },
  {
    id: 'tkn_old_pipeline',
    label: 'release pipeline (old)',
    user: 'usr_priya',
    scopes: ['read', 'comments'],
    createdMinutesAgo: weeks(20),
    revokedMinutesAgo: days(2),
  },
  {
    id: 'tkn_old_globex',
    label: 'claude-code on omars-thinkpad',
    user: 'usr_omar',
    scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
    createdMinutesAgo: weeks(7),
    revokedMinutesAgo: days(1),
  },
  {
    id: 'tkn_old_feedback',
    label: 'public feedback form',
    user: 'usr_priya',
    scopes: ['read', 'comments', 'tickets:write'],
    createdMinutesAgo: weeks(2),
    revokedMinutesAgo: hours(33),
  },
];

/** What `--sandbox=NAME` takes. */
export const readyTokenNames: readonly string[] = tokens.map(({ name }) => name);

function earlier(id: string, via: 'api' | 'mcp'): SeedAuthor {
  const token = earlierTokens.find((one) => one.id === id)!;
  return { user: token.user, token: { id, label: token.label }, via };
}

/** Authors of older comments: agents whose tokens are gone. */
export const macMini = earlier('tkn_old_macmini', 'mcp');
export const nightly = earlier('tkn_old_nightly', 'mcp');
export const pipeline = earlier('tkn_old_pipeline', 'api');
export const thinkpad = earlier('tkn_old_globex', 'mcp');
export const feedbackForm = earlier('tkn_old_feedback', 'api');

/** And one that is still at work. */
export const deployPipeline: SeedAuthor = {
  user: 'usr_jason',
  token: { id: 'tkn_status', label: 'deploy pipeline' },
  via: 'api',
};
