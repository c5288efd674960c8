import type { Capture } from '../../model/capture.ts';
import type { TicketView } from '../data/ticket-data.ts';
import { Icon } from './icon.tsx';
import { Text } from './text.tsx';
import { Time } from './time.tsx';

/** The page as it was captured: what came back incomplete first, then where and with what, then the picture. */
export function CapturePart({ view, capture }: { view: TicketView; capture: Capture }) {
  const { ticket, annotations } = view;
  return (
    <section class="panel capture" aria-labelledby="capture-title">
      <h2 id="capture-title">
        <Icon name="camera" /> Capture
      </h2>
      {capture.health.length > 0 && <Health health={capture.health} />}
      {capture.screenshot ? (
        <Screenshot ticketId={ticket.id} size={capture.screenshot} annotations={annotations} />
      ) : (
        <p class="empty">No picture was taken.</p>
      )}
      <dl class="facts">
        <div class="wide">
          <dt>Page</dt>
          <dd dir="auto">
            <Text>{capture.page_title}</Text>
            <Address url={capture.url} />
          </dd>
        </div>
        <Fact name="Browser">{capture.browser}</Fact>
        <Fact name="Viewport">{`${capture.viewport.width} × ${capture.viewport.height}`}</Fact>
        <Fact name="Page load">{capture.page_load_state}</Fact>
        <Fact name="Extension">{capture.extension_version}</Fact>
        <div>
          <dt>Captured</dt>
          <dd>
            <Time at={capture.captured_at} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Text>{children}</Text>
      </dd>
    </div>
  );
}

/** An address that a stranger wrote: a link only where it is one of the web's. */
export function Address({ url }: { url: string }) {
  if (!/^https?:\/\//i.test(url)) {
    return (
      <span class="address">
        <Text>{url}</Text>
      </span>
    );
  }
  return (
    <a class="address" href={url} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
      <Text>{url}</Text>
    </a>
  );
}

function Health({ health }: { health: Capture['health'] }) {
  return (
    <div class="banner" role="note">
      <Icon name="alert" />
      <div>
        <strong>This capture is incomplete.</strong> Don’t take what is missing for what didn’t happen.
        <ul>
          {health.map(({ section, state, reason }) => (
            <li>
              <b>{section}</b> is {state}: <Text>{reason}</Text>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Screenshot(props: {
  ticketId: string;
  size: { width: number; height: number };
  annotations: number;
}) {
  const { ticketId, size, annotations } = props;
  const source = (name: string) => `/tickets/${ticketId}/pictures/${name}`;
  const shown = annotations > 0 ? 'screenshot_with_annotations' : 'screenshot';
  return (
    <figure class="screenshot" data-screenshot>
      <a href={source(shown)} target="_blank" rel="noopener" aria-label="Open the screenshot">
        <img src={source(shown)} width={size.width} height={size.height} alt="Screenshot of the page" />
      </a>
      {annotations > 0 && (
        <figcaption>
          <label class="switch">
            <input
              type="checkbox"
              checked
              data-swap-picture={source('screenshot')}
              data-with={source('screenshot_with_annotations')}
            />
            Show the {annotations === 1 ? 'annotation' : `${annotations} annotations`}
          </label>
        </figcaption>
      )}
    </figure>
  );
}
