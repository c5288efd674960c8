import type { ApiError } from '../../model/errors.ts';
import type { Scope } from '../../model/scopes.ts';

/** The form for a new token, as it was filled in. */
export interface TokenForm {
  label: string;
  scopes: string[];
  companies: string[];
  projects: string[];
  /** Days until it ends, `on` for the day in `expires_on`, or nothing for never. */
  expires: string;
  expires_on: string;
}

export type TokenField = 'label' | 'scopes' | 'companies' | 'projects' | 'expires';

/** The user page's use cases, each with the scopes that it recommends. */
export const useCases: readonly { name: string; title: string; scopes: readonly Scope[] }[] = [
  {
    name: 'triage',
    title: 'Claude Code triage agent',
    scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
  },
  { name: 'reporting', title: 'Read-only reporting / dashboards', scopes: ['read'] },
  { name: 'slack', title: 'Slack bot that posts comments', scopes: ['read', 'comments'] },
  {
    name: 'status',
    title: 'External system that updates ticket status',
    scopes: ['read', 'comments', 'tickets:write'],
  },
  {
    name: 'project',
    title: 'Per-project agent with no assignment power',
    scopes: ['read', 'comments', 'tickets:write'],
  },
];

export function emptyTokenForm(useCase?: string): TokenForm {
  const scopes = useCases.find(({ name }) => name === useCase)?.scopes ?? ['read'];
  return { label: '', scopes: [...scopes], companies: [], projects: [], expires: '', expires_on: '' };
}

export const lifetimes = ['7', '30', '90', '365'] as const;

/** When it ends, as the rules take it; undefined for never. Something that is no day is passed on, to be refused. */
export function expiryOf({ expires, expires_on }: TokenForm): string | undefined {
  if (expires === '') return undefined;
  if (expires === 'on') return `${expires_on}T23:59:59Z`;
  const days = /^\d{1,4}$/.test(expires) ? Number(expires) : Number.NaN;
  return Number.isNaN(days) ? expires : new Date(Date.now() + days * 86_400_000).toISOString();
}

/** What is wrong, beside the field that it is about; the rest by itself. */
export function problemsOf(error: ApiError): Partial<Record<TokenField | 'form', string>> {
  const issues = error.details?.issues as { field: string; problem: string }[] | undefined;
  if (error.code === 'validation_error' && issues) {
    return Object.fromEntries(issues.map(({ field, problem }) => [fieldOf(field), sentence(problem)]));
  }
  if (error.code === 'company_not_found') return { companies: error.message };
  if (error.code === 'project_not_found') return { projects: error.message };
  const [, field, problem] = /^(scopes|companies|projects): (.*)$/.exec(error.message) ?? [];
  return field && problem ? { [field]: problem } : { form: error.message };
}

function fieldOf(name: string): TokenField | 'form' {
  const field = name.split('.')[0]!.replace(/^expires_at$/, 'expires');
  return ['label', 'scopes', 'companies', 'projects', 'expires'].includes(field)
    ? (field as TokenField)
    : 'form';
}

function sentence(problem: string): string {
  const problemText = problem.startsWith('Invalid') ? 'must be a day, as 2030-01-31' : problem;
  return problemText.startsWith('must')
    ? `It ${problemText}.`
    : `${problemText[0]!.toUpperCase()}${problemText.slice(1)}.`;
}
