import { ok, type Route, route } from './route.ts';

export function tokenInfo(features: readonly string[]): Route {
  return route({
    method: 'GET',
    path: '/auth/token-info',
    run: ({ bearer }) =>
      ok({
        id: bearer.actor.token.id,
        label: bearer.actor.token.label,
        user: bearer.actor.user,
        scopes: bearer.granted,
        companies: bearer.actor.companies,
        projects: bearer.actor.projects,
        limits: { reads_per_minute: bearer.limits.read, writes_per_minute: bearer.limits.write },
        expires_at: bearer.expiresAt,
        features,
      }),
  });
}
