/** What several conventions have in common. */
import type { Data, Listed, Slice } from '../styled-api.ts';

/** What a page recorded passes as it is. */
const RECORDED = new Set(['devtools', 'performance', 'url_patterns', 'annotations']);

export function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      rename(name),
      RECORDED.has(name) ? one : renamed(one, rename),
    ]),
  );
}
export const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
export const pascal = (name: string) => camel(`_${name}`);
const kebab = (name: string) => name.replaceAll('_', '-');

export const number = (text: string | null, otherwise: number) => (text === null ? otherwise : Number(text));
/** An opaque cursor. */
export const opaque = (at: number) => Buffer.from(`row:${at}`).toString('base64url');
export const placeOf = (cursor: string | null) =>
  cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString().slice(4));

export const SIZE = 6;
/** By page numbers, from 1. */
export const byNumber =
  (page: string, size: string) =>
  (query: URLSearchParams): Slice => {
    const rows = number(query.get(size), SIZE);
    return { from: (number(query.get(page), 1) - 1) * rows, size: rows };
  };
export const byCursor =
  (cursor: string, size = 'limit') =>
  (query: URLSearchParams): Slice => ({
    from: placeOf(query.get(cursor)),
    size: number(query.get(size), SIZE),
  });

export const goesOn = ({ from, size, total }: Listed) => from + size < total;
export const pageOf = ({ from, size }: Listed) => Math.floor(from / size) + 1;
export const pagesOf = ({ total, size }: Listed) => Math.max(1, Math.ceil(total / size));
export const nextOf = (list: Listed) => (goesOn(list) ? opaque(list.from + list.size) : undefined);

export function address({ url }: Listed, query: Record<string, string | number>): string {
  const next = new URL(url);
  for (const [name, value] of Object.entries(query)) next.searchParams.set(name, String(value));
  return String(next);
}
/** The next page's, where there is one. */
export const nextAddress = (list: Listed, query: Record<string, string | number>) =>
  goesOn(list) ? address(list, query) : null;

export const resource = (row: Data, type: string): Data => {
  const { id, project_id, column_id, assignees, ...attributes } = row;
  const to = (kind: string, one: unknown) => ({ data: { type: kind, id: one } });
  return {
    type,
    id: String(id ?? `${type}-of-something`),
    attributes: renamed(attributes, kebab),
    relationships: {
      ...(project_id ? { project: { ...to('projects', project_id), links: { related: '/x' } } } : {}),
      ...(column_id ? { column: to('columns', column_id) } : {}),
      ...(assignees
        ? { assignees: { data: (assignees as Data[]).map(({ id }) => ({ type: 'people', id })) } }
        : {}),
    },
    links: { self: `/${type}/${id}` },
  };
};
export const people = (rows: Data[]) => [
  ...new Map(
    rows
      .flatMap(({ assignees }) => (assignees ?? []) as Data[])
      .map(({ id, ...attributes }) => [id, { type: 'people', id, attributes }]),
  ).values(),
];
