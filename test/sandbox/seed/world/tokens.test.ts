import { describe, expect, test } from 'vitest';
import { readyTokens, world } from '../../../../src/sandbox/seed/tickets/index.ts';

/** The user page's table "Use case / Recommended scopes". */
const table = [
  ['triage', 'Claude Code triage agent', 'read, comments, tickets:write, tickets:assign'],
  ['reader', 'Read-only reporting / dashboards', 'read'],
  ['commenter', 'Slack bot that posts comments', 'read, comments'],
  ['status', 'External system that updates ticket status', 'read, comments, tickets:write'],
  ['per-project', 'Per-project agent with no assignment power', 'read, comments, tickets:write'],
] as const;

const named = (name: string) => readyTokens.find((token) => token.name === name)!;

describe('ready-made tokens', () => {
  test.each(table)('%s: a row of the user page’s table, with its scopes', (name, useCase, scopes) => {
    expect(named(name)).toMatchObject({ useCase, scopes: scopes.split(', ') });
  });

  test('there is one more, all four scopes in a single project', () => {
    expect(readyTokens).toHaveLength(table.length + 1);
    expect(named('one-project')).toMatchObject({ companies: ['co_acme'], projects: ['proj_storefront'] });
    expect(named('one-project').scopes).toEqual(named('triage').scopes);
  });

  test('the per-project one is what it says', () => {
    expect(named('per-project').projects).toHaveLength(1);
  });

  test('the first is shown as the user page shows it', () => {
    expect(named('triage')).toMatchObject({
      label: 'claude-code on macbook',
      user: 'usr_jason',
      token: 'tok_sandbox_triage',
    });
  });

  test('their texts are tokens, and none is like another', () => {
    for (const { token } of readyTokens) expect(token).toMatch(/^tok_sandbox_[a-z_]+$/);
    expect(new Set(readyTokens.map(({ token }) => token)).size).toBe(readyTokens.length);
  });

  test('restrictions name companies and projects that belong together and that the owner is in; viewers hold none', () => {
    for (const { user, companies, projects = [] } of readyTokens) {
      for (const id of projects) {
        const project = world.projects.find((one) => one.id === id)!;
        expect(companies).toContain(project.company);
        if (project.members) expect(project.members).toContain(user);
      }
      const roles = world.companies.flatMap(({ members }) =>
        members.filter((member) => member.user === user).map(({ role }) => role),
      );
      expect(roles.length).toBeGreaterThan(0);
      expect(roles).not.toContain('viewer');
    }
  });
});
