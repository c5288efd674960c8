import { relative } from '../client/relative.js';

/** How long ago, with the moment itself in the title. */
export function Time({ at }: { at: string }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{at}</span>;
  return (
    <time datetime={at} title={absolute(date)} data-relative>
      {relative(date)}
    </time>
  );
}

function absolute(date: Date): string {
  return date.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
}
