import type { Attribution } from '../../queries/attribution.ts';
import { Icon } from './icon.tsx';
import { Text } from './text.tsx';

/** Who wrote something: `Jason (claude-code on macbook) · via MCP`, or just the name of a person. */
export function Byline({ by }: { by: Attribution }) {
  return (
    <span class={`byline ${by.token ? 'by-token' : ''}`}>
      <span class="by-name">
        <Text>{by.user.name}</Text>
        {by.token && (
          <>
            {' ('}
            <Text>{by.token.label}</Text>)
          </>
        )}
      </span>
      {by.token && <Via via={by.via} />}
    </span>
  );
}

function Via({ via }: { via: Attribution['via'] }) {
  return (
    <span class={`via via-${via}`}>
      {' · '}
      {via === 'mcp' && <Icon name="agent" />}
      {via === 'mcp' ? 'via MCP' : 'via API'}
    </span>
  );
}

export function bylineText({ user, token, via }: Attribution): string {
  return token ? `${user.name} (${token.label}) · via ${via === 'mcp' ? 'MCP' : 'API'}` : user.name;
}
