/** What a run is graded by. */
import type { Session } from '../record/session.ts';
import type { AgentOutcome, SandboxRecord } from '../record/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Claim } from './claim.ts';
import type { Change } from './diff.ts';

export interface Facts {
  scenario: Scenario;
  record: SandboxRecord;
  session: Session;
  changes: readonly Change[];
  agent: Pick<AgentOutcome, 'answer' | 'timedOut'>;
  claim: Claim | undefined;
}

export interface Verdict {
  held: boolean;
  /** In one sentence, what the check saw. */
  saw: string;
}

export interface CheckResult extends Verdict {
  label: string;
  must: boolean;
  /** Which kind of check it is: what failures are counted by. */
  kind: string;
}

/** A scenario's own pattern: over lines, whatever the case. */
export function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'isu').test(text);
}
