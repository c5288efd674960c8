/** Strokes on a grid of 16 by 16. */
const shapes = {
  board: 'M2.5 3h3v10h-3zM6.5 3h3v6h-3zM10.5 3h3v8h-3z',
  key: 'M10 9.5a3.25 3.25 0 1 0-3.2-2.7L2.5 11v2.5H5V12h1.5v-1.5H8l.6-.6c.4.2.9.3 1.4.3M11 5.2v.1',
  terminal: 'M2.5 3.5h11v9h-11zM5 6.5 6.8 8 5 9.5M8.5 10h2.5',
  agent: 'M8 1.8 9.4 6.6 14.2 8 9.4 9.4 8 14.2 6.6 9.4 1.8 8 6.6 6.6z',
  comment: 'M2.5 3.5h11v7.5H8L5 13.5V11H2.5z',
  camera: 'M2.5 5h2.6l1-1.5h3.8l1 1.5h2.6v7.5h-11zM8 10.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  branch:
    'M4.5 5.5v5M4.5 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M4.5 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M11.5 6.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M11.5 6.5c0 2.5-3.5 2.5-7 2.5',
  archive: 'M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.5h3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.3 10.3 13.5 13.5',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  check: 'M3 8.5 6.5 12 13 4.5',
  plus: 'M8 3v10M3 8h10',
  move: 'M8 2v12M2 8h12M6 4l2-2 2 2M6 12l2 2 2-2M4 6 2 8l2 2M12 6l2 2-2 2',
  alert: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3v.1',
  pencil: 'M3 13l.7-3L10.5 3.2 12.8 5.5 6 12.3z',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M6 4l4 4-4 4',
  keyboard: 'M1.5 4.5h13v7.5h-13zM4 7h.1M6.7 7h.1M9.3 7h.1M12 7h.1M4 9.7h.1M12 9.7h.1M6.3 9.7h3.4',
  restore: 'M3 8a5 5 0 1 0 1.5-3.5L3 6M3 3v3h3',
} as const;

export type IconName = keyof typeof shapes;

/** Decoration: what it means stands beside it in words, or in `label`. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : 'true'}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
