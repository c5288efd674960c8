import type { Via } from '../model/actor.ts';

/** Who wrote a row: what people read as `Jason (claude-code on macbook) · via MCP`. */
export interface Attribution {
  user: { id: string; name: string };
  token: { id: string; label: string } | null;
  via: Via;
  /** ISO 8601 UTC */
  at: string;
}

export interface AttributionRow {
  user_id: string;
  user_name: string;
  token_id: string | null;
  token_label: string | null;
  via: Via;
  at: string;
}

export function toAttribution(row: AttributionRow): Attribution {
  return {
    user: { id: row.user_id, name: row.user_name },
    token: row.token_id === null ? null : { id: row.token_id, label: row.token_label ?? '' },
    via: row.via,
    at: row.at,
  };
}
