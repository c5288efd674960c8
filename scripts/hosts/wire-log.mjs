/** Starts the server between a host and itself, and notes the methods that the host asks for. */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [log, program, ...args] = process.argv.slice(2);
const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'inherit', 'inherit'] });
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { method } = JSON.parse(line);
    if (method) appendFileSync(log, `${method}\n`);
    child.stdin.write(`${line}\n`);
  })
  .on('close', () => child.stdin.end());
child.on('close', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
