import type { ClientGuide } from '../../model/guide.ts';
import { CopyButton } from './copy-button.tsx';

/** What to paste where, so that a client acts with a token in this sandbox; one client at a time. */
export function Connect({ apiUrl, clients }: { apiUrl: string; clients: ClientGuide[] }) {
  const needsToken = clients.some(({ token }) => token !== '');
  return (
    <section class="panel connect" aria-labelledby="connect-title">
      <h2 id="connect-title">Connect a client</h2>
      {clients.length === 0 && (
        <p class="note">
          Any MCP client starts <code>toado-mcp</code> with <code>TOADO_API_URL={apiUrl}</code> and the token
          in <code>TOADO_API_TOKEN</code>.
        </p>
      )}
      {clients.length > 0 && (
        <p class="inline with-script">
          <label for="client">Client</label>
          <select id="client" data-chooses="client" autocomplete="off">
            {clients.map(({ name, title }) => (
              <option value={name}>{title}</option>
            ))}
          </select>
        </p>
      )}
      {clients.map((client) => (
        <ClientSteps client={client} />
      ))}
      {needsToken && <TokenVariable />}
    </section>
  );
}

function ClientSteps({ client: { name, title, parts, token, check } }: { client: ClientGuide }) {
  return (
    <div class="client" data-choice="client" data-value={name}>
      <h3 class="without-script">{title}</h3>
      {parts.map(({ says, text }, at) => (
        <div class="code">
          <p class="note">
            {at > 0 && 'Or: '}
            {says}
          </p>
          <div class="code-box">
            <pre tabindex={0}>{text}</pre>
            <CopyButton text={text} what={`text for ${title}`} />
          </div>
        </div>
      ))}
      {token && <p class="note">{inCode(token)}</p>}
      <p class="note">To see that it works: {inCode(check)}.</p>
    </div>
  );
}

/** A token that is typed on a command line stays in the shell's history; one that is asked for doesn't. */
function TokenVariable() {
  return (
    <div class="code">
      <h3>The token into the environment</h3>
      <p class="note">
        In the terminal that starts the client; it asks for the token, and what is pasted stays out of the
        history. In PowerShell: <code>$env:TOADO_API_TOKEN = Read-Host</code>
      </p>
      <div class="code-box">
        <pre tabindex={0}>{askForToken}</pre>
        <CopyButton text={askForToken} what="command that asks for the token" />
      </div>
    </div>
  );
}

const askForToken = 'read -rs TOADO_API_TOKEN && export TOADO_API_TOKEN';

function inCode(text: string) {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : <code>{part}</code>));
}
