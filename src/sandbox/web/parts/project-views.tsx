import type { Board } from '../data/board-data.ts';

export type ProjectView = 'board' | 'archived' | 'drafts';

/** The ways to look at a project, each with how many tickets it shows. */
export function ProjectViews({ board, here }: { board: Board; here: ProjectView }) {
  const path = `/projects/${board.project.id}`;
  const active = board.columns.reduce((sum, { count }) => sum + count, 0);
  const views = [
    { view: 'board', name: 'Board', href: path, count: active },
    { view: 'archived', name: 'Archived', href: `${path}/archived`, count: board.archived },
    { view: 'drafts', name: 'Drafts', href: `${path}/drafts`, count: board.drafts },
  ] as const;
  return (
    <nav class="tabs" aria-label="Views of this project">
      {views.map(({ view, name, href, count }) => (
        <a href={href} aria-current={view === here ? 'page' : undefined}>
          {name} <span class="count">{count}</span>
        </a>
      ))}
    </nav>
  );
}
