import type { Performance } from '../../seed/world.ts';
import { milliseconds } from './devtools-rows.tsx';
import { Text } from './text.tsx';

/** The limits that the web's own measures call good and poor. */
const vitals = [
  { key: 'lcp', name: 'Largest contentful paint', good: 2500, poor: 4000, unit: 'ms' },
  { key: 'cls', name: 'Cumulative layout shift', good: 0.1, poor: 0.25, unit: '' },
  { key: 'fid', name: 'First input delay', good: 100, poor: 300, unit: 'ms' },
] as const;

export function PerformancePanel({ performance }: { performance: Performance }) {
  const { navigation, long_tasks: tasks } = performance;
  const end = Math.max(
    1,
    ...Object.values(navigation),
    ...tasks.map((task) => task.start_ms + task.duration_ms),
  );
  return (
    <div class="performance">
      <ul class="vitals">
        {vitals.map(({ key, name, good, poor, unit }) => {
          const value = performance[key];
          const grade =
            value === undefined ? 'none' : value <= good ? 'good' : value <= poor ? 'fair' : 'poor';
          return (
            <li class={`vital vital-${grade}`}>
              <span>{name}</span>
              <strong>
                {value === undefined
                  ? 'not measured'
                  : unit === 'ms'
                    ? milliseconds(value)
                    : value.toFixed(2)}
              </strong>
              {value !== undefined && <small>{grade}</small>}
            </li>
          );
        })}
      </ul>
      <h3>Navigation</h3>
      <dl class="timeline">
        {Object.entries(navigation).map(([name, value]) => (
          <Bar name={name} from={0} width={value / end} text={milliseconds(value)} />
        ))}
      </dl>
      <h3>
        Long tasks <span class="count">{tasks.length}</span>
      </h3>
      {tasks.length === 0 && <p class="empty">None.</p>}
      <dl class="timeline">
        {tasks.map((task) => (
          <Bar
            name={task.attribution ?? 'unknown'}
            from={task.start_ms / end}
            width={task.duration_ms / end}
            text={`${milliseconds(task.duration_ms)} at ${milliseconds(task.start_ms)}`}
          />
        ))}
      </dl>
    </div>
  );
}

function Bar({ name, from, width, text }: { name: string; from: number; width: number; text: string }) {
  return (
    <div>
      <dt>
        <Text>{name}</Text>
      </dt>
      <dd>
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-ground" width="100" height="4" />
          <rect
            class="bar"
            x={(from * 100).toFixed(2)}
            width={Math.max(0.6, width * 100).toFixed(2)}
            height="4"
          />
        </svg>
        <span class="number">{text}</span>
      </dd>
    </div>
  );
}
