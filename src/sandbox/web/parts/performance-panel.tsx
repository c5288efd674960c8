import type { Performance } from '../../model/devtools.ts';
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
  const loaded = Math.max(1, ...Object.values(navigation));
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
          <Bar name={name} width={value / loaded} text={milliseconds(value)} />
        ))}
      </dl>
      <h3>
        Long tasks <span class="count">{tasks.length}</span>
      </h3>
      {tasks.length === 0 ? <p class="empty">None.</p> : <LongTasks tasks={tasks} />}
    </div>
  );
}

/** All of them on one line of time, then each by itself. */
function LongTasks({ tasks }: { tasks: Performance['long_tasks'] }) {
  const end = Math.max(...tasks.map((task) => task.start_ms + task.duration_ms));
  return (
    <>
      <svg class="tasks" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-ground" width="1000" height="20" />
        {tasks.map((task) => (
          <rect
            class="bar"
            x={((task.start_ms / end) * 1000).toFixed(1)}
            width={Math.max(2, (task.duration_ms / end) * 1000).toFixed(1)}
            height="20"
          />
        ))}
      </svg>
      <ol class="task-list" tabindex={0} aria-label="Long tasks">
        {tasks.map((task) => (
          <li>
            <span>
              <Text>{task.attribution ?? 'unknown'}</Text>
            </span>
            <span class="number">{milliseconds(task.duration_ms)}</span>
            <span class="number">at {milliseconds(task.start_ms)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Bar({ name, width, text }: { name: string; width: number; text: string }) {
  return (
    <div>
      <dt>
        <Text>{name}</Text>
      </dt>
      <dd>
        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-ground" width="100" height="4" />
          <rect class="bar" width={Math.max(0.6, width * 100).toFixed(2)} height="4" />
        </svg>
        <span class="number">{text}</span>
      </dd>
    </div>
  );
}
