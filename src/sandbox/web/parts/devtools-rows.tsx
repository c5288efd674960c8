import type { ConsoleEntry, ErrorEntry, NetworkEntry } from '../../model/devtools.ts';
import { cutText } from '../data/cut-text.ts';
import { argsText, type Placed } from '../data/devtools.ts';
import { Text } from './text.tsx';

/** Of longer texts the beginning is shown, with a link to the whole. */
const MAX_SHOWN = 2000;

export function ConsoleRow({ at, entry }: Placed<ConsoleEntry>) {
  return (
    <li id={`console-${at}`} class={`entry level-${entry.level}`}>
      <Clock at={entry.at} />
      <span class="level">{entry.level}</span>
      <div class="entry-body">
        <Shortened text={argsText(entry)} />
        {entry.stack && <Stack text={entry.stack} />}
      </div>
    </li>
  );
}

export function ErrorRow({ at, entry }: Placed<ErrorEntry>) {
  return (
    <li id={`error-${at}`} class="entry level-error">
      <Clock at={entry.at} />
      <span class="level">{entry.kind === 'error' ? 'error' : 'rejection'}</span>
      <div class="entry-body">
        <Shortened text={entry.message} />
        {entry.stack && <Stack text={entry.stack} />}
      </div>
    </li>
  );
}

export function NetworkRow(props: Placed<NetworkEntry> & { ticketId: string; began: number }) {
  const { at, entry, began } = props;
  const failed = entry.status === 0 || entry.status >= 400;
  const path = `/tickets/${props.ticketId}/network/${at}`;
  return (
    <li id={`network-${at}`} class={failed ? 'entry failed' : 'entry'}>
      <details>
        <summary>
          <span class="method">{entry.method}</span>
          <span class="status">{entry.status === 0 ? 'failed' : entry.status}</span>
          <Url url={entry.url} />
          <span class="number started" title="Began after the first request">
            +{milliseconds(Date.parse(entry.started_at) - began)}
          </span>
          <span class="number size">{bytes(entry.response_size)}</span>
          <span class="number">{milliseconds(entry.duration_ms)}</span>
        </summary>
        <div class="entry-details">
          <p class="note">
            Began {milliseconds(Date.parse(entry.started_at) - began)} after the first request
          </p>
          <p class="url-whole">
            <Text>{entry.url}</Text>
          </p>
          <Headers name="Request headers" headers={entry.request_headers} />
          <Body name="Request body" body={entry.request_body} path={`${path}/request`} />
          <Headers name="Response headers" headers={entry.response_headers} />
          <Body name="Response body" body={entry.response_body} path={`${path}/response`} />
        </div>
      </details>
    </li>
  );
}

/** What tells requests apart is the end of the path: where there is no room, the beginning gives way. */
function Url({ url }: { url: string }) {
  const [, start = '', end = url] = /^([^?#]*\/)([^/?#]+\/?[^/]*)$/.exec(url) ?? splitAtPath(url);
  return (
    <span class="url" title={url} dir="ltr">
      <span class="url-start">
        <bdi dir="ltr">
          <Text>{start}</Text>
        </bdi>
      </span>
      <span class="url-end">
        <Text>{end}</Text>
      </span>
    </span>
  );
}

/** An address whose query has slashes, or that ends with one. */
function splitAtPath(url: string): string[] {
  const path = url.search(/[?#]/) === -1 ? url : url.slice(0, url.search(/[?#]/));
  const at = path.replace(/\/+$/, '').lastIndexOf('/') + 1;
  return [url, url.slice(0, at), url.slice(at)];
}

function Headers({ name, headers }: { name: string; headers: Record<string, string> }) {
  const entries = Object.entries(headers ?? {});
  if (entries.length === 0) return null;
  return (
    <>
      <h3>{name}</h3>
      <dl class="headers">
        {entries.map(([key, value]) => (
          <div>
            <dt>
              <Text>{key}</Text>
            </dt>
            <dd>
              <Text>{String(value)}</Text>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Body({ name, body, path }: { name: string; body: string | undefined; path: string }) {
  if (!body) return null;
  return (
    <>
      <h3>{name}</h3>
      <pre tabindex={0}>
        <Text>{cutText(body, MAX_SHOWN)}</Text>
      </pre>
      {body.length > MAX_SHOWN && (
        <p>
          <a href={path} target="_blank" rel="noopener">
            All {body.length.toLocaleString('en')} characters
          </a>
        </p>
      )}
    </>
  );
}

function Shortened({ text }: { text: string }) {
  if (text.length <= MAX_SHOWN) {
    return (
      <code class="said" dir="auto">
        <Text>{text}</Text>
      </code>
    );
  }
  return (
    <>
      <code class="said" dir="auto">
        <Text>{cutText(text, MAX_SHOWN)}</Text>
      </code>
      <p class="note">… {(text.length - MAX_SHOWN).toLocaleString('en')} more characters</p>
    </>
  );
}

function Stack({ text }: { text: string }) {
  return (
    <details class="stack">
      <summary>Stack</summary>
      <pre tabindex={0}>
        <Text>{text}</Text>
      </pre>
    </details>
  );
}

function Clock({ at }: { at: string }) {
  return (
    <time class="clock" datetime={at} title={at}>
      {at.slice(11, 23)}
    </time>
  );
}

function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`;
}
