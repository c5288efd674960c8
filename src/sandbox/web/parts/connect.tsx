import type { Child } from 'hono/jsx';
import { claudeCodeCommand, clientConfiguration, programCommand, typed } from './client-command.ts';
import { CopyButton } from './copy-button.tsx';

/** What to paste where, so that a client acts with this token in this sandbox. */
export function Connect({ apiUrl, token }: { apiUrl: string; token: string }) {
  const inspector = [
    `TOADO_API_URL=${apiUrl} TOADO_API_TOKEN=${token}`,
    'npx @modelcontextprotocol/inspector',
    typed(programCommand()),
  ].join(' \\\n  ');
  return (
    <section class="panel connect" aria-labelledby="connect-title">
      <h2 id="connect-title">Connect a client</h2>
      <Code title="Claude Code, one command" text={claudeCodeCommand(apiUrl, token)}>
        Run it in a terminal, then start <code>claude</code> and ask: “What is broken in the checkout?”
      </Code>
      <Code title="Configuration" text={clientConfiguration(apiUrl, token)}>
        The same as a <code>.mcp.json</code> for Claude Code. Claude Desktop, Cursor and most other clients
        read this form too.
      </Code>
      <Code title="Without an AI client" text={inspector}>
        The MCP Inspector lists and calls the tools by hand.
      </Code>
    </section>
  );
}

function Code({ title, text, children }: { title: string; text: string; children: Child }) {
  return (
    <div class="code">
      <h3>{title}</h3>
      <p class="note">{children}</p>
      <div class="code-box">
        <pre tabindex={0}>{text}</pre>
        <CopyButton text={text} what={title.toLowerCase()} />
      </div>
    </div>
  );
}
