/** What `doctor` says of the tools: which are offered, what their list costs, and what a client of the server gets. */
import { reasonInWords } from '../../access/why-withheld.ts';
import { version } from '../../base/version.ts';
import { catalogue } from '../../catalogue/index.ts';
import { wireTool } from '../../mcp/lists/wire-tool.ts';
import { estimateTokens } from '../../respond/estimate-tokens.ts';
import type { Session } from '../../session/session.ts';
import type { Target } from '../target/target.ts';
import { shakeHands } from './handshake.ts';
import type { Check } from './report.ts';

export const TOOL_CHECKS = ['tools', 'withheld', 'tool list', 'handshake'];

export function toolChecks(session: Session): Check[] {
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

export async function handshakeCheck(session: Session, { env }: Target): Promise<Check> {
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
