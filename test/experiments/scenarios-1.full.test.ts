import { scenarios } from '../../src/experiments/scenarios/index.ts';
import { withProcesses } from './with-processes.ts';

withProcesses(scenarios.filter((_, at) => at % 2 === 0));
