/** Every route of the REST API. */
import { assigneeRoutes } from './assignees.ts';
import { captureRoutes } from './capture.ts';
import { commentRoutes } from './comments.ts';
import type { Context } from './context.ts';
import { projectRoutes } from './projects.ts';
import type { Route } from './route.ts';
import { ticketActionRoutes } from './ticket-actions.ts';
import { ticketRoutes } from './tickets.ts';
import { tokenInfo } from './token-info.ts';

export function apiRoutes({ features, assetTtlMs }: Pick<Context, 'features' | 'assetTtlMs'>): Route[] {
  return [
    tokenInfo(features),
    ...projectRoutes,
    ...ticketRoutes,
    ...ticketActionRoutes,
    ...assigneeRoutes,
    ...commentRoutes,
    ...captureRoutes(assetTtlMs),
  ];
}
