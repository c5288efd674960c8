import { everyScenario } from './every-scenario.ts';

everyScenario(0);
