/** `toado-mcp doctor`: everything between an agent and its tools, checked from here, in the order of dependence. */
import { writeFileSync } from 'node:fs';
import { expandHome } from '../../base/home-of-user.ts';
import { print, printHint, printJson } from '../../base/output.ts';
import { version } from '../../base/version.ts';
import { createSession, type Session } from '../../session/session.ts';
import type { ProxyUse } from '../../settings/proxy.ts';
import { lacksToken, loadApiUrl } from '../../settings/settings.ts';
import { SettingsError, UsageError } from '../../settings/settings-error.ts';
import { openTarget, settingsInput, type Target, type TargetOptions } from '../target/target.ts';
import { checkConnection } from './connection-checks.ts';
import { type Probe, type ProbedRoute, probe } from './probe.ts';
import { probeReport, probeText } from './probe-report.ts';
import { type Check, Report } from './report.ts';
import { apiMapCheck, checkNode, extraCertificates, origins, proxyCheck } from './settings-checks.ts';
import { checkToken, TOKEN_CHECKS } from './token-checks.ts';
import { handshakeCheck, TOOL_CHECKS, toolChecks } from './tool-checks.ts';

export interface DoctorOptions extends TargetOptions {
  json: boolean;
  /** Asks every route that only reads. */
  probe?: boolean;
  /** A file for what the probe found. */
  report?: string | undefined;
}

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
    writeFileSync(expandHome(file), probeReport(found));
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

const UNUSABLE = 'a setting can’t be used';

/** Without a token, or with a setting that can't be used, the way to Toado can be tested all the same. */
async function examineNetwork({ flags }: TargetOptions, report: Report): Promise<void> {
  const input = settingsInput(flags);
  try {
    const { apiUrl, proxy } = loadApiUrl(input);
    await checkWay(apiUrl, proxy, report);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    await report.skip(['address'], `not known: ${UNUSABLE}`);
  }
  const why = lacksToken(input) ? 'there is no token' : UNUSABLE;
  await report.skip([...TOKEN_CHECKS, ...TOOL_CHECKS], `not asked: ${why}`);
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

function namesOf(checks: readonly Check[]): string {
  return checks.map(({ name }) => name).join(', ');
}
