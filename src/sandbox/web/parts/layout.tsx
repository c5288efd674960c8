import type { Child } from 'hono/jsx';
import type { Actor } from '../../model/actor.ts';
import { assetUrl } from '../client/client-files.ts';
import type { CompanyWithProjects, User } from '../data/companies-and-users.ts';
import { Avatar } from './avatar.tsx';
import { Icon, type IconName } from './icon.tsx';
import { ActsAs, PostForm } from './post-form.tsx';
import { JumpDialog, KeysDialog } from './shortcuts.tsx';

export type Theme = 'light' | 'dark' | undefined;

/** What every page shows around its own content. */
export interface Frame {
  person: Actor;
  people: User[];
  companies: CompanyWithProjects[];
  /** Where the browser is, or came from with a form, for coming back to it. */
  path: string;
  /** The sandbox's, as this browser addresses it. */
  origin: string;
  theme: Theme;
}

interface PageProps {
  frame: Frame;
  title: string;
  /** Marks the place in the navigation. */
  place?: string;
  class?: string;
  /** The address that a reload should go to, where it isn't the page's own. */
  reloadAt?: string | undefined;
  /** Seconds after which what is shown is asked for again, where it changes without anybody writing. */
  renew?: number;
  children: Child;
}

function Head({ title, children }: { title: string; children?: Child }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title} · Toado sandbox</title>
      <link rel="icon" href={assetUrl('icon.svg')} />
      <link rel="stylesheet" href={assetUrl('style.css')} />
      {children}
    </head>
  );
}

export function Page({ frame, title, place, class: className, reloadAt, renew, children }: PageProps) {
  return (
    <ActsAs.Provider value={frame.person.user.id}>
      <html lang="en" data-theme={frame.theme}>
        <Head title={title}>
          <link rel="preload" href={assetUrl('inter.woff2')} as="font" type="font/woff2" crossorigin="" />
          <script type="module" src={assetUrl('app.js')} />
        </Head>
        <body data-as={frame.person.user.id} data-reload-at={reloadAt} data-renew={renew}>
          <a class="skip" href="#main">
            Skip to content
          </a>
          <header class="top">
            <button type="button" class="button quiet" popovertarget="side" aria-label="Menu">
              <Icon name="menu" />
            </button>
            <Brand />
          </header>
          <nav id="side" class="side" popover="auto" aria-label="Toado">
            <Brand />
            <search>
              <form class="search" action="/search">
                <Icon name="search" />
                <input
                  type="search"
                  name="q"
                  placeholder="Search tickets"
                  aria-label="Search tickets"
                  aria-keyshortcuts="/"
                  data-search
                />
              </form>
            </search>
            {frame.companies.map((company) => (
              <section>
                <h2>
                  {company.name} <small>{company.role}</small>
                </h2>
                {company.projects.map((project) => (
                  <NavLink href={`/projects/${project.id}`} icon="board" isHere={place === project.id}>
                    {project.name}
                  </NavLink>
                ))}
              </section>
            ))}
            <section>
              <h2>Settings</h2>
              <NavLink href="/settings/tokens" icon="key" isHere={place === 'tokens'}>
                API tokens
              </NavLink>
              <NavLink href="/settings/limits" icon="check" isHere={place === 'limits'}>
                Limits
              </NavLink>
              <NavLink href="/try" icon="terminal" isHere={place === 'try'}>
                Try it
              </NavLink>
            </section>
            <div class="side-end">
              <div class="side-person side-live">
                <p class="live" data-connection="connecting" id="connection">
                  <span class="live-dot" aria-hidden="true" />
                  <span id="connection-text">Connecting…</span>
                </p>
                <button type="button" class="button quiet" data-opens="keys" aria-label="Keyboard shortcuts">
                  <Icon name="keyboard" />
                </button>
              </div>
              <div class="side-person">
                <Person frame={frame} />
                <button type="button" class="button quiet" data-theme-toggle aria-label="Light or dark">
                  <Icon name="theme" />
                </button>
              </div>
            </div>
          </nav>
          <main id="main" class={className} tabindex={-1}>
            {children}
          </main>
          <JumpDialog frame={frame} />
          <KeysDialog />
          <div id="toasts" class="toasts" role="status" aria-live="polite" />
          <div id="announcer" class="unheard" aria-live="assertive" />
        </body>
      </html>
    </ActsAs.Provider>
  );
}

/** A page for somebody to whom nothing of the sandbox is shown, or when nothing of it can be read. */
export function BarePage({ title, children }: { title: string; children: Child }) {
  return (
    <html lang="en">
      <Head title={title} />
      <body class="bare">
        <main id="main">{children}</main>
      </body>
    </html>
  );
}

function Brand() {
  return (
    <a class="brand" href="/">
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path
          class="brand-face"
          d="M3 13c0-1.7.7-3 1.6-4A3.6 3.6 0 0 1 11 6.5c.6-.1 1.4-.1 2 0a3.6 3.6 0 0 1 6.4 2.5c1 1 1.6 2.3 1.6 4 0 4-4 7-9 7s-9-3-9-7z"
        />
        <circle class="brand-eye" cx="7.7" cy="8" r="1.3" />
        <circle class="brand-eye" cx="16.3" cy="8" r="1.3" />
        <path class="brand-mouth" d="M7.5 14c1.2 1.3 2.7 2 4.5 2s3.3-.7 4.5-2" />
      </svg>
      <span>Toado</span>
      <small>sandbox</small>
    </a>
  );
}

function NavLink(props: { href: string; icon: IconName; isHere: boolean; children: Child }) {
  return (
    <a class="nav-link" href={props.href} aria-current={props.isHere ? 'page' : undefined}>
      <Icon name={props.icon} />
      <span>{props.children}</span>
    </a>
  );
}

/** Who acts. All of the sandbox's people can be tried: what a viewer sees, what a member may not edit. */
function Person({ frame }: { frame: Frame }) {
  const { person, people } = frame;
  return (
    <details class="person-menu">
      <summary>
        <Avatar user={person.user} />
        <span class="person-name">
          <span class="unheard">You are </span>
          {person.user.name}
          <span class="unheard">. Act as somebody else</span>
        </span>
        <Icon name="chevron" />
      </summary>
      <PostForm action="/session" class="menu">
        <p>Act as</p>
        <input type="hidden" name="back" value={frame.path} />
        {people.map((user) => (
          <button type="submit" name="user" value={user.id} aria-pressed={user.id === person.user.id}>
            <Avatar user={user} size="small" />
            {user.name}
          </button>
        ))}
      </PostForm>
    </details>
  );
}
