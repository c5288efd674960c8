import type { Frame } from './layout.tsx';

/** What the keyboard does, beyond what it does on every page of the web (client/shortcuts.js). */
const keys: [keys: string[], does: string][] = [
  [['/'], 'Search tickets'],
  [['c'], 'Create a ticket'],
  [['Ctrl', 'K'], 'Go anywhere (⌘ K on a Mac)'],
  [['?'], 'Show these keys'],
  [['m'], 'On a card: move it'],
  [['Shift', '←↑↓→'], 'On a card: move it to where the arrow points'],
  [['Esc'], 'Close what is open'],
];

export function KeysDialog() {
  return (
    <dialog id="keys" class="dialog small keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keyboard shortcuts</h2>
      <dl>
        {keys.map(([pressed, does]) => (
          <div>
            <dt>
              {pressed.map((key) => (
                <kbd>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="buttons">
        <button type="button" class="button" data-closes autofocus>
          Close
        </button>
      </p>
    </dialog>
  );
}

/** Where one may go from anywhere: what is typed narrows it down, and is searched for otherwise. */
export function JumpDialog({ frame }: { frame: Frame }) {
  const projects = frame.companies.flatMap((company) =>
    company.projects.map(({ id, name }) => ({ href: `/projects/${id}`, name, of: company.name })),
  );
  const settings = [
    { href: '/settings/tokens', name: 'API tokens', of: 'Settings' },
    { href: '/settings/tokens/new', name: 'New token', of: 'Settings' },
    { href: '/settings/limits', name: 'Limits', of: 'Settings' },
    { href: '/try', name: 'Try it', of: 'Settings' },
  ];
  return (
    <dialog id="jump" class="dialog jump" aria-label="Go to">
      <form class="jump-form" action="/search">
        <input
          type="search"
          name="q"
          placeholder="Go to a project, or search tickets"
          aria-label="Go to a project, or search tickets"
          autocomplete="off"
          data-jump
          autofocus
        />
      </form>
      <ul>
        {[...projects, ...settings].map(({ href, name, of }) => (
          <li>
            <a href={href} data-jump-name={`${name} ${of}`.toLowerCase()}>
              <span>{name}</span> <small>{of}</small>
            </a>
          </li>
        ))}
      </ul>
      <p class="note">Enter goes to the first of them, and searches where there is none.</p>
    </dialog>
  );
}
