import type { Context } from 'hono';

/** What `TOADO_API_URL` takes, as this browser addresses the sandbox. */
export function apiUrlOf(c: Context): string {
  return `http://${c.req.header('host')}/api/v1`;
}
