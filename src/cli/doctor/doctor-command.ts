/** `toado-mcp doctor`: everything between an agent and its tools, checked from here, in the order of dependence. */
import { existsSync, writeFileSync } from 'node:fs';
import { reasonInWords } from '../../access/refusal.ts';
import { print, printHint, printJson } from '../../base/output.ts';
import { version } from '../../base/version.ts';
import { catalogue } from '../../catalogue/index.ts';
import { wireTool } from '../../mcp/opening/wire-tool.ts';
import { estimateTokens } from '../../respond/estimate-tokens.ts';
import { createSession, type Session } from '../../session/session.ts';
import type { ApiMapFile } from '../../settings/api-map-file.ts';
import { type ProxyUse, shownProxy } from '../../settings/proxy.ts';
import { loadApiUrl, type Settings } from '../../settings/settings.ts';
import { SettingsError, UsageError } from '../../settings/settings-error.ts';
import { VARIABLE_NAMES } from '../../settings/variables.ts';
import { changesOf } from '../../toado-api/routes/api-map.ts';
import { openTarget, settingsInput, type Target, type TargetOptions } from '../serve/target.ts';
import { type Check, Report } from './checks.ts';
import { checkConnection } from './connection.ts';
import { shakeHands } from './handshake.ts';
import { type Probe, type ProbedRoute, probe } from './probe.ts';
import { probeReport, probeText } from './probe-report.ts';
import { checkToken, TOKEN_CHECKS } from './token-checks.ts';

export interface DoctorOptions extends TargetOptions {
  json: boolean;
  /** Asks every route that only reads. */
  probe?: boolean;
  /** A file for what the probe found. */
  report?: string | undefined;
}

const OLDEST_NODE = '20.18.1';

export async function doctorCommand({
  json,
  probe: isProbe = false,
  report: file,
  ...options
}: DoctorOptions): Promise<void> {
  if (file !== undefined && !isProbe)
    throw new UsageError('--report writes what --probe finds: add --probe, or leave it out.');
  const report = new Report(!json);
  await report.add(checkNode());
  const target = await settingsOf(options, report);
  let found: Probe | undefined;
  if (target) {
    const session = createSession(target.settings, () => {});
    try {
      await examine(session, target, options, report);
      if (isProbe && session.grant.now.state === 'granted') found = await probe(session);
    } finally {
      await session.close();
      await target.close?.();
    }
  } else if (options.sandbox === undefined) await examineNetwork(options, report);
  if (found) for (const check of routeChecks(found)) await report.add(check);
  const { checks, failed, warned } = report;
  if (found && file !== undefined) await writeReport(file, found);
  if (json) await printJson({ ok: failed.length === 0, version, checks, ...(found && { probe: found }) });
  else if (found) await print(`\n${probeText(found)}\n\n${conclusion(failed, warned)}`);
  else await print(`\n${conclusion(failed, warned)}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** What the probe found wrong: a route that can't be read fails, one that isn't there is looked at. */
function routeChecks({ routes }: Probe): Check[] {
  const of = (verdict: ProbedRoute['verdict']) => routes.filter((one) => one.verdict === verdict);
  const named = (found: ProbedRoute[]) => found.map(({ method, path }) => `${method} ${path}`).join(', ');
  const [unread, missing] = [of('not understood'), of('not there')];
  const checks: Check[] = [];
  if (unread.length > 0)
    checks.push({
      name: 'answers',
      state: 'fail',
      says: `not understood: ${named(unread)}`,
      next: 'The probe below says which field; --api-map corrects names (docs/api-map.md), --report writes it for an issue.',
    });
  if (missing.length > 0)
    checks.push({
      name: 'routes',
      state: 'warn',
      says: `not there: ${named(missing)}`,
      next: 'The probe below prints the piece of an --api-map to start from.',
    });
  return checks;
}

async function writeReport(file: string, found: Probe): Promise<void> {
  try {
    writeFileSync(file, probeReport(found));
    await printHint(`${file}: what the probe found; no value, id, name or token is in it.`);
  } catch (error) {
    throw new SettingsError(
      `--report: could not write ${file} (${(error as NodeJS.ErrnoException).code}). Name a file in a folder that is there.`,
    );
  }
}

function conclusion(failed: readonly Check[], warned: readonly Check[]): string {
  const parts = [
    failed.length > 0 ? `${failed.length} failed: ${namesOf(failed)}.` : '',
    warned.length > 0 ? `${warned.length} to look at: ${namesOf(warned)}.` : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'All is well.';
}

/** Without a token the way to Toado can be tested all the same. */
async function examineNetwork({ flags }: TargetOptions, report: Report): Promise<void> {
  try {
    const { apiUrl, proxy } = loadApiUrl(settingsInput(flags));
    await checkWay(apiUrl, proxy, report);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    await report.skip(['address'], 'not known: a setting can’t be used');
  }
  await report.skip([...TOKEN_CHECKS, ...TOOL_CHECKS], 'not asked: there is no token');
}

/** @returns whether Toado can be reached. */
async function checkWay(apiUrl: string, use: ProxyUse, report: Report): Promise<boolean> {
  const address = new URL(apiUrl);
  const hasVersion = /\/v\d+$/.test(address.pathname);
  await report.add({
    name: 'address',
    state: hasVersion ? 'ok' : 'warn',
    says: apiUrl,
    next: hasVersion
      ? undefined
      : `Toado’s REST API is below /api/v1: ${address.origin}/api/v1 is probably meant.`,
    details: { apiUrl },
  });
  await report.add(proxyCheck(use));
  const certificates = extraCertificates();
  if (certificates) await report.add(certificates);
  let isReached = true;
  for await (const check of checkConnection(address, use.proxy)) {
    await report.add(check);
    if (check.state === 'fail') isReached = false;
  }
  return isReached;
}

async function examine(
  session: Session,
  target: Target,
  options: TargetOptions,
  report: Report,
): Promise<void> {
  const { settings } = target;
  await report.add(origins(settings, options));
  if (settings.apiMap) await report.add(apiMapCheck(settings.apiMap));
  const isReached = await checkWay(settings.apiUrl, settings.proxy, report);
  let isAccepted = false;
  if (isReached) isAccepted = await checkToken(session, report);
  else await report.skip(TOKEN_CHECKS, 'not asked: Toado can’t be reached');
  if (isAccepted) for (const check of toolChecks(session)) await report.add(check);
  else await report.skip(TOOL_CHECKS.slice(0, 3), 'not known without an accepted token');
  await report.add(await handshakeCheck(session, target));
}

const TOOL_CHECKS = ['tools', 'withheld', 'tool list', 'handshake'];

function checkNode(): Check {
  const { node } = process.versions;
  const isNew = node.localeCompare(OLDEST_NODE, 'en', { numeric: true }) >= 0;
  return {
    name: 'node',
    state: isNew ? 'ok' : 'fail',
    says: `${node} on ${process.platform} ${process.arch}; toado-mcp ${version}`,
    next: isNew ? undefined : `toado-mcp needs Node ${OLDEST_NODE} or later.`,
    details: { node, platform: process.platform, arch: process.arch, toadoMcp: version },
  };
}

/** A sandbox whose name is wrong, or a setting that can't be meant, is the first thing to be told. */
async function settingsOf(options: TargetOptions, report: Report): Promise<Target | undefined> {
  try {
    return await openTarget(options);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    await report.add({
      name: 'settings',
      state: 'fail',
      says: error.message,
      next: 'Correct it where the client starts toado-mcp (or in your shell), then run doctor again.',
    });
    return undefined;
  }
}

/** Corrections are said: whoever wonders about an answer has to know of them. */
function apiMapCheck({ path, map }: ApiMapFile): Check {
  const changes = changesOf(map);
  return {
    name: 'api map',
    state: 'ok',
    says: `${path} changes ${changes.length === 0 ? 'nothing' : changes.join('; ')}`,
    details: { file: path, changes },
  };
}

/** Where each setting came from; never what it is. */
function origins({ origins }: Settings, { sandbox }: TargetOptions): Check {
  const given = VARIABLE_NAMES.filter((name) => origins[name] !== 'default');
  const parts = given.map((name) => `${name} from ${origins[name]}`);
  if (sandbox !== undefined) parts.unshift('address and token from the sandbox');
  const isDefault = given.length === 0 ? 'everything' : 'everything else';
  return {
    name: 'settings',
    state: 'ok',
    says: [...parts, `${isDefault} by default`].join('; '),
    details: { origins, sandbox: sandbox !== undefined },
  };
}

function proxyCheck({ proxy, variable }: ProxyUse): Check {
  if (proxy)
    return {
      name: 'proxy',
      state: 'ok',
      says: `${shownProxy(proxy.url)} (${variable})`,
      details: { proxy: shownProxy(proxy.url), variable },
    };
  return {
    name: 'proxy',
    state: 'ok',
    says: variable ? `none for this host (${variable})` : 'none',
    details: { proxy: null, variable },
  };
}

/** Node itself only warns about a file that isn't there, and goes on without it. */
function extraCertificates(): Check | undefined {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (!file || existsSync(file)) return undefined;
  return {
    name: 'certs',
    state: 'fail',
    says: `NODE_EXTRA_CA_CERTS names a file that is not there: ${file}`,
    next: 'Correct the path; it is read only when the program starts.',
  };
}

function toolChecks(session: Session): Check[] {
  const { offered, withheld } = session.access.tools();
  const reasons = new Map<string, string[]>();
  for (const one of withheld) {
    const reason = `(${reasonInWords(one)})`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), one.name]);
  }
  const fixed = Object.keys(session.settings.pins);
  const list = catalogue
    .filter(({ name }) => offered.includes(name))
    .map((tool) => wireTool(tool, { fixed }));
  const whole = JSON.stringify(list);
  return [
    {
      name: 'tools',
      state: 'ok',
      says: `${offered.length} of ${catalogue.length} offered: ${offered.join(', ')}`,
      details: { offered },
    },
    {
      name: 'withheld',
      state: 'ok',
      says:
        withheld.length === 0
          ? 'none'
          : [...reasons]
              .map(([reason, names]) => `${names.length} ${reason}: ${names.join(', ')}`)
              .join('; '),
      details: { withheld: withheld.map((one) => ({ tool: one.name, reason: reasonInWords(one) })) },
    },
    {
      name: 'tool list',
      state: 'ok',
      says: `about ${estimateTokens(whole)} tokens in a model’s context, ${whole.length} characters`,
      details: { tokens: estimateTokens(whole), characters: whole.length },
    },
  ];
}

async function handshakeCheck(session: Session, { env }: Target): Promise<Check> {
  const { offered } = session.access.tools();
  try {
    const hands = await shakeHands({ ...process.env, ...env, TOADO_LOG_LEVEL: 'error' });
    const same = [...hands.tools].sort().join() === [...offered].sort().join();
    const isWell = same && hands.endedCleanly && hands.serverVersion === version;
    return {
      name: 'handshake',
      state: isWell ? 'ok' : 'fail',
      says: `MCP ${hands.protocolVersion}: initialize after ${hands.initializeMs} ms, ${hands.tools.length} ${hands.tools.length === 1 ? 'tool' : 'tools'} after ${hands.listMs} ms${hands.endedCleanly ? '' : '; it did not end by itself'}`,
      next: isWell
        ? undefined
        : 'The server a client would get is not the one expected here; please report this.',
      details: { ...hands },
    };
  } catch (error) {
    return {
      name: 'handshake',
      state: 'fail',
      says: error instanceof Error ? error.message : String(error),
      next: 'Run the same command without doctor: its first line on stderr says why it ends.',
    };
  }
}

function namesOf(checks: readonly Check[]): string {
  return checks.map(({ name }) => name).join(', ');
}
