/** Which runs there are, and which of them are this machine's. */
import { ExperimentError } from '../base/error.ts';

export interface Planned {
  scenario: string;
  attempt: number;
}

export function planned(scenarios: readonly string[], times: number): Planned[] {
  return scenarios.flatMap((scenario) =>
    Array.from({ length: times }, (_, at) => ({ scenario, attempt: at + 1 })),
  );
}

/** `2/8`: every eighth run from the second on, the same ones on every machine. */
export function shardOf(plan: readonly Planned[], shard: string | null): Planned[] {
  if (shard === null) return [...plan];
  const [part, of] = readShard(shard);
  return plan.filter((_, at) => at % of === part - 1);
}

function readShard(text: string): [part: number, of: number] {
  const [part, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (!part || !of || part > of)
    throw new ExperimentError(
      `--shard takes a part and how many there are, such as 2/8; not ${JSON.stringify(text)}.`,
    );
  return [part, of];
}

export function nameOf({ scenario, attempt }: Planned): string {
  return `${scenario}-${attempt}`;
}
