import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import { withProcesses } from './with-processes.ts';

withProcesses(scenarios.filter((_, at) => at % 2 === 0));
