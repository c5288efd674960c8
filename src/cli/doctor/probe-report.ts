/** What a probe found, for the terminal and as a report that can be pasted into an issue. */

import { columns, markdownTable, styled } from '../../base/output.ts';
import { version } from '../../base/version.ts';
import { mapToStartFrom, type Probe, type ProbedRoute, type Verdict } from './probe.ts';

const COLOURS: Partial<Record<Verdict, Parameters<typeof styled>[0]>> = {
  confirmed: 'green',
  understood: 'green',
  'not understood': 'red',
  'not there': 'red',
  refused: 'yellow',
};

export function probeText(probe: Probe): string {
  const rows = probe.routes.map((one) => [one.verdict, ...cells(one)]);
  const text = columns([['verdict', 'route', 'status', 'ms', 'what differs'], ...rows])
    .split('\n')
    .map((line) => coloured(line))
    .join('\n');
  return [text, '', headersLine(probe), ...mapLines(probe)].join('\n');
}

/** Field names and types, never a value, an id, a name or the token. */
export function probeReport(probe: Probe): string {
  const rows = probe.routes.map((one) => [one.verdict, ...cells(one)]);
  return [
    '# What this Toado answers',
    '',
    `By \`toado-mcp doctor --probe --report\`, toado-mcp ${version}. Names of fields and types only.`,
    '',
    markdownTable([['verdict', 'route', 'status', 'ms', 'what differs'], ...rows]),
    '',
    headersLine(probe),
    ...mapLines(probe).map((line, at, all) =>
      at === 0 ? `\n${line}\n\n\`\`\`json` : at === all.length - 1 ? `${line}\n\`\`\`` : line,
    ),
    '',
  ].join('\n');
}

function cells({ method, path, status, ms, how }: ProbedRoute): string[] {
  return [
    `${method} ${path}`,
    status === undefined ? '' : String(status),
    ms === undefined ? '' : String(ms),
    how.join('; '),
  ];
}

function coloured(line: string): string {
  const verdict = (Object.keys(COLOURS) as Verdict[]).find((one) => line.startsWith(`${one}  `));
  const colour = verdict && COLOURS[verdict];
  return verdict && colour ? styled(colour, verdict) + line.slice(verdict.length) : line;
}

function headersLine({ headers, requests }: Probe): string {
  const seen = Object.entries(headers)
    .map(([what, isThere]) => `${what} ${isThere ? 'yes' : 'no'}`)
    .join(', ');
  return `${requests} requests. Headers: ${seen}.`;
}

function mapLines(probe: Probe): string[] {
  const map = mapToStartFrom(probe);
  if (!map) return [];
  return [
    'For what is not there, correct the paths in this and give it with --api-map:',
    ...JSON.stringify(map, null, 2).split('\n'),
  ];
}
