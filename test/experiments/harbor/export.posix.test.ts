/** What a Harbor task holds. That it can be played is in play-task.full.test.ts. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validate } from 'dockerfile-utils';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { useTasks } from './exported-tasks.ts';

/**
 * Harbor's task.toml, schema 1.4, as published (harborframework.com/docs/tasks, and NeMo Gym's mirror of its models).
 */
const PUBLISHED: Record<string, readonly string[]> = {
  '': [
    'schema_version',
    'task',
    'metadata',
    'agent',
    'verifier',
    'solution',
    'environment',
    'artifacts',
    'steps',
  ],
  task: ['name', 'description', 'authors', 'keywords'],
  agent: ['timeout_sec', 'user', 'setup_timeout_sec'],
  verifier: ['timeout_sec', 'user', 'env', 'environment_mode', 'environment', 'collect'],
  environment: [
    'build_timeout_sec',
    'docker_image',
    'os',
    'cpus',
    'memory_mb',
    'storage_mb',
    'gpus',
    'gpu_types',
    'network_mode',
    'skills_dir',
    'workdir',
    'env',
    'healthcheck',
    'mcp_servers',
  ],
  'environment.healthcheck': [
    'command',
    'interval_sec',
    'timeout_sec',
    'start_period_sec',
    'start_interval_sec',
    'retries',
  ],
  'environment.mcp_servers': ['name', 'transport', 'url', 'command', 'args'],
};

const tasks = useTasks();

describe.each(['fix-ticket', 'read-only'])('%s', (name) => {
  test('has the files that Harbor looks for', () => {
    const files = [
      'task.toml',
      'instruction.md',
      'environment/Dockerfile',
      'tests/test.sh',
      'solution/solve.sh',
      'environment/toado-mcp/dist/main.js',
      'environment/toado-mcp/package.json',
    ];
    for (const file of files) expect(existsSync(join(tasks(), name, file)), file).toBe(true);
    expect(statSync(join(tasks(), name, 'tests/test.sh')).mode & 0o111).not.toBe(0);
  });

  test('task.toml holds published fields, and our server as a stdio MCP server', () => {
    const toml = parse(readFileSync(join(tasks(), name, 'task.toml'), 'utf8')) as Record<string, never>;
    const unknown = (value: object, path: string): string[] =>
      Object.entries(value).flatMap(([key, inner]) => {
        const at = path ? `${path}.${key}` : key;
        if (path === 'metadata' || path.startsWith('metadata.')) return [];
        if (!PUBLISHED[path]?.includes(key)) return [at];
        const items = Array.isArray(inner) ? inner : [inner];
        return at in PUBLISHED ? items.flatMap((item) => unknown(item, at)) : [];
      });
    expect(unknown(toml, '')).toEqual([]);
    expect(toml).toMatchObject({
      schema_version: '1.4',
      agent: { user: 'agent' },
      verifier: { user: 'root' },
      environment: { mcp_servers: [{ name: 'toado', transport: 'stdio', command: 'node' }] },
    });
  });

  test('the Dockerfile and the scripts can be read', async () => {
    expect(validate(readFileSync(join(tasks(), name, 'environment/Dockerfile'), 'utf8'))).toEqual([]);
    for (const script of ['environment/start.sh', 'tests/test.sh', 'solution/solve.sh'])
      await promisify(execFile)('sh', ['-n', join(tasks(), name, script)]);
  });

  test('the instruction and the agent’s image tell neither answers nor places', () => {
    const text = readFileSync(join(tasks(), name, 'instruction.md'), 'utf8');
    expect(text).toContain('RESULT: done');
    expect(text).not.toMatch(/toado-experiment|sandbox\.db|solution/);
  });
});
