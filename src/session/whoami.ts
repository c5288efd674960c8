/** What whoami says: everything about the token but the token, and what is wrong where it doesn't work. */

import type { Withheld } from '../access/access.ts';
import { reasonInWords } from '../access/why-withheld.ts';
import type { Failure } from '../base/failure.ts';
import { TOKENS_PAGE } from '../base/tokens-page.ts';
import { prompts } from '../prompts/index.ts';
import { resources } from '../resources/index.ts';
import type { Answer } from '../respond/answer.ts';
import { failureText } from '../respond/failure-text.ts';
import { NO_TOKEN_SOURCE } from '../settings/token-source.ts';
import { type Named, named } from '../toado-api/client/known-names.ts';
import { changesOf } from '../toado-api/routes/api-map.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import type { TokenInfo } from '../toado-api/schemas/index.ts';
import { hasPin } from './pins.ts';
import type { Session } from './session.ts';

/** @param apiOf the API with the token of that moment, for the names of what the token is limited to. */
export async function describe(session: Session, apiOf: () => ReadApi): Promise<Answer> {
  const state = await session.grant.refresh();
  const { settings } = session;
  const { offered, withheld } = session.access.tools();
  const notes: string[] = [];
  const { apiMap } = settings;
  const isUsable = settings.token.origin !== NO_TOKEN_SOURCE;
  const common = {
    server: settings.name,
    state: state.state,
    ...(isUsable && { api: settings.apiUrl, token_from: settings.token.origin }),
    api_map: apiMap && { file: apiMap.path, changes: changesOf(apiMap.map) },
  };
  // The model has the list of tools; what it lacks is said by reason.
  const omitFromText = ['tools', 'withheld'];
  const tools = {
    tools: offered,
    withheld: withheld.map((one) => ({ tool: one.name, reason: reasonInWords(one) })),
    ...withheldUses(session),
  };
  if (state.state !== 'granted') {
    omitFromText.push('withheld_prompts');
    const problem = state.state === 'asking' ? undefined : state.failure;
    if (problem) notes.push(`${problem.code}: ${problem.sentence}`, `Next: ${nextAfter(problem)}`);
    if (isUsable)
      notes.push('Tools appear by themselves (tools/list_changed) as soon as Toado accepts the token.');
    notes.push(`No tool but ${offered.join(', ')} until then.`);
    return { data: { ...common, problem: problem?.code, ...tools }, notes, omitFromText };
  }
  const { info, scopes, unknownScopes, lastFailure } = state;
  if (lastFailure)
    notes.push(
      `${lastFailure.code}: ${lastFailure.sentence} So this is what Toado said earlier.`,
      `Next: ${nextAfter(lastFailure)}`,
    );
  if (offered.length === 1) omitFromText.push('withheld_prompts');
  notes.push(toolsInWords(offered, withheld));
  const problem = session.access.pinProblem();
  if (problem) notes.push(await failureText(problem));
  if (withheld.some(({ reason }) => reason === 'scope'))
    notes.push(
      `A person can make a token with more scopes under ${TOKENS_PAGE} (${session.views.webOrigin}).`,
    );
  return {
    data: {
      ...common,
      label: info.label,
      owner: info.user ?? undefined,
      token_id: info.id,
      expires_at: info.expires_at,
      scopes,
      unknown_scopes: unknownScopes.length > 0 ? unknownScopes : undefined,
      ...(await restrictions(info, apiOf())),
      fixed: hasPin(settings.pins) ? session.access.fixed() : undefined,
      limits: limits(session, info),
      features: info.features?.length ? info.features : undefined,
      ...tools,
    },
    notes,
    omitFromText,
  };
}

/** What whoami says never sends its caller to whoami. */
function nextAfter({ next }: Failure): string {
  return /^Call whoami|\bwith (search|list)_/.test(next)
    ? `A person has to look at the token under ${TOKENS_PAGE} and at TOADO_API_URL; \`toado-mcp doctor\` tests both.`
    : next;
}

/** How many tools there are, and which are missing for which reason. */
function toolsInWords(offered: readonly string[], withheld: readonly Withheld[]): string {
  if (withheld.length === 0) return `All ${offered.length} tools are offered.`;
  const byReason = new Map<string, string[]>();
  for (const one of withheld) {
    const reason = reasonInWords(one);
    byReason.set(reason, [...(byReason.get(reason) ?? []), one.name]);
  }
  if (offered.length === 1 && byReason.size === 1)
    return `No tool but ${offered[0]} is offered: ${[...byReason.keys()][0]}.`;
  const missing = [...byReason].map(([reason, names]) => `${names.join(', ')} (${reason})`);
  return `${offered.length} of ${offered.length + withheld.length} tools are offered; missing: ${missing.join('; ')}.`;
}

/** Prompts and resources follow from the tools; said only where one is missing. */
function withheldUses(session: Session) {
  const missing = session.access.to([...prompts, ...resources]).withheld;
  if (missing.length === 0) return {};
  return { withheld_prompts: missing.map((one) => ({ name: one.name, reason: reasonInWords(one) })) };
}

/** The companies and projects that the token is limited to, by name where it may read them. */
export async function restrictions(info: TokenInfo, api: ReadApi) {
  const { companies, projects } = info;
  const [companyNames, projectNames] = await Promise.all([
    companies ? api.listCompanies({}).catch(() => []) : [],
    projects ? api.listProjects({}).catch(() => []) : [],
  ]);
  const withNames = (ids: readonly string[], among: readonly Named[]) =>
    ids.map((id) => ({ id, name: among.find((one) => one.id === id)?.name }));
  return {
    companies: companies ? withNames(companies, named(companyNames)) : 'all',
    projects: projects ? withNames(projects, named(projectNames)) : 'all',
  };
}

function limits({ client }: Session, info: TokenInfo) {
  const read = client.budget('read');
  const write = client.budget('write');
  return {
    reads_per_minute: info.limits?.reads_per_minute ?? read.limit,
    reads_left: read.remaining,
    writes_per_minute: info.limits?.writes_per_minute ?? write.limit,
    writes_left: write.remaining,
  };
}
