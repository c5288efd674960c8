/** Writes a scenario as a Harbor task: one container, in which sandbox and grader belong to another user than the agent. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'smol-toml';
import { makeFolder } from '../../base/make-folder.ts';
import { version } from '../../base/version.ts';
import { ExperimentError } from '../base/error.ts';
import { programFile } from '../base/program-file.ts';
import { promptOf } from '../scenario/prompt.ts';
import type { Scenario } from '../scenario/schema.ts';

/** In the container. */
const PROGRAM = '/opt/toado-mcp';
const AGENT_FILE = '/run/toado-agent/agent.json';

export function exportTask(folder: string, scenario: Scenario): void {
  const { solution } = scenario;
  if (!solution)
    throw new ExperimentError(`${scenario.name} has no solution, which a Harbor task is checked with.`);
  for (const name of ['environment', 'tests', 'solution']) makeFolder(join(folder, name));
  const write = (name: string, text: string, mode = 0o644) =>
    writeFileSync(join(folder, name), text, { mode });
  write('task.toml', stringify(taskOf(scenario)));
  write('instruction.md', instructionOf(scenario));
  write('environment/Dockerfile', DOCKERFILE);
  write('environment/scenario.json', `${JSON.stringify(scenario, null, 1)}\n`);
  write('environment/start.sh', START, 0o755);
  copyProgram(join(folder, 'environment', 'toado-mcp'));
  write('tests/test.sh', TEST, 0o755);
  write('solution/solve.sh', SOLVE, 0o755);
  write('solution/script.json', `${JSON.stringify(solution, null, 1)}\n`);
}

/** Fields as Harbor publishes them for task.toml, schema 1.4. */
function taskOf({ name, title, about }: Scenario) {
  return {
    schema_version: '1.4',
    task: {
      name: `toado-mcp/${name}`,
      description: `${title}. ${about}`,
      keywords: ['mcp', 'tool-use', 'toado'],
    },
    metadata: { category: 'tool-use', program: `toado-mcp ${version}` },
    agent: { timeout_sec: 600, user: 'agent' },
    verifier: { timeout_sec: 120, user: 'root' },
    environment: {
      build_timeout_sec: 900,
      os: 'linux',
      cpus: 1,
      memory_mb: 2048,
      storage_mb: 4096,
      workdir: '/workspace',
      healthcheck: {
        // Starts the sandbox where nothing else did: platforms differ in whether they run an image's entrypoint.
        command: '/opt/toado-experiment/start.sh',
        interval_sec: 3,
        timeout_sec: 60,
        start_period_sec: 5,
        retries: 5,
      },
      mcp_servers: [
        {
          name: 'toado',
          transport: 'stdio',
          command: 'node',
          args: [`${PROGRAM}/dist/main.js`, 'experiments', 'mcp', '--settings', AGENT_FILE],
        },
      ],
    },
  };
}

function instructionOf(scenario: Scenario): string {
  return `${promptOf(scenario).trimEnd()}

Write your answer, with that last line, into the file /workspace/answer.md, too.
`;
}

/** The installed package, without what it depends on: that is installed in the image. */
function copyProgram(to: string): void {
  const dist = dirname(programFile());
  const manifest = join(dist, '..', 'package.json');
  if (!existsSync(manifest))
    throw new ExperimentError(`${manifest} is missing: this installation can't be copied.`);
  makeFolder(to);
  cpSync(manifest, join(to, 'package.json'));
  cpSync(dist, join(to, 'dist'), { recursive: true });
}

const DOCKERFILE = `FROM node:22-bookworm-slim
RUN useradd --system --create-home --home-dir /var/lib/toado-experiment --shell /usr/sbin/nologin toado \\
 && useradd --create-home --shell /bin/bash agent \\
 && mkdir -p /workspace /run/toado-agent \\
 && chown agent:agent /workspace && chown toado:agent /run/toado-agent && chmod 2750 /run/toado-agent
COPY toado-mcp ${PROGRAM}
RUN cd ${PROGRAM} && npm install --omit=dev --ignore-scripts --no-audit --no-fund \\
 # The agent starts the server from here; what tells it the answers is not for it.
 && grep -lE 'planted-orders|tok_sandbox_triage' dist/*.js | xargs -r chown toado \\
 && grep -lE 'planted-orders|tok_sandbox_triage' dist/*.js | xargs -r chmod 600
COPY scenario.json /var/lib/toado-experiment/scenario.json
COPY start.sh /opt/toado-experiment/start.sh
RUN chown -R toado:toado /var/lib/toado-experiment && chmod 700 /var/lib/toado-experiment && chmod 755 /opt/toado-experiment/start.sh
WORKDIR /workspace
ENTRYPOINT ["/bin/sh", "-c", "/opt/toado-experiment/start.sh; exec \\"$@\\"", "--"]
CMD ["sleep", "infinity"]
`;

/** The places are variables so that the order of events can be played without a container. */
const START = `#!/bin/sh
# Starts the sandbox as its own user, if it isn't there yet, and waits until it answers.
PROGRAM=\${TOADO_PROGRAM:-${PROGRAM}}
FOLDER=\${TOADO_FOLDER:-/var/lib/toado-experiment}
AGENT_FILE=\${TOADO_AGENT_FILE:-${AGENT_FILE}}
if [ "\${TOADO_USER-toado}" = "" ]; then AS=""; else AS="runuser -u \${TOADO_USER-toado} -g agent --"; fi
if [ ! -e "$AGENT_FILE" ]; then
  # One of two that start at once goes on; the other waits like everybody.
  if mkdir "$FOLDER/starting" 2>/dev/null; then
    chown "\${TOADO_USER:-root}" "$FOLDER/starting" 2>/dev/null
    # shellcheck disable=SC2086 # more words than one
    HOME="$FOLDER" setsid $AS node "$PROGRAM/dist/main.js" experiments task-sandbox --folder "$FOLDER" --agent-file "$AGENT_FILE" \${TOADO_OWNER:+--while $TOADO_OWNER} >"$FOLDER/sandbox.log" 2>&1 </dev/null &
  fi
fi
tries=0
while [ ! -e "$AGENT_FILE" ]; do
  tries=$((tries + 1))
  [ "$tries" -gt 150 ] && exit 1
  sleep 0.2
done
`;

const TEST = `#!/bin/sh
# Grades with the program, and writes the rewards. Nothing of it is the agent's to change.
PROGRAM=\${TOADO_PROGRAM:-${PROGRAM}}
FOLDER=\${TOADO_FOLDER:-/var/lib/toado-experiment}
exec node "$PROGRAM/dist/main.js" experiments grade-task --folder "$FOLDER" \\
  --answer "\${TOADO_ANSWER:-/workspace/answer.md}" --rewards "\${TOADO_REWARDS:-/logs/verifier}"
`;

const SOLVE = `#!/bin/sh
# The careful agent: a script of calls, over the same MCP server that every agent gets.
PROGRAM=\${TOADO_PROGRAM:-${PROGRAM}}
HERE=$(cd "$(dirname "$0")" && pwd)
CONFIG=$(mktemp)
cat >"$CONFIG" <<END
{"mcpServers": {"toado": {"command": "node", "args": ["$PROGRAM/dist/main.js", "experiments", "mcp", "--settings", "\${TOADO_AGENT_FILE:-${AGENT_FILE}}"]}}}
END
node "$PROGRAM/dist/agent.js" "$HERE/script.json" "$CONFIG" >"\${TOADO_ANSWER:-/workspace/answer.md}"
`;
