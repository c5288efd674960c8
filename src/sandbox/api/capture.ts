import { findAsset, presign } from '../assets/signed-url.ts';
import { captureOf } from '../queries/capture.ts';
import { requireTicket } from '../queries/ticket.ts';
import { ok, type Route, route } from './route.ts';

/** `assetTtlMs`: how long a presigned address works. */
export function captureRoutes(assetTtlMs: number): Route[] {
  const annotations = route({
    method: 'GET',
    path: '/tickets/:ticket/annotations',
    scope: 'read',
    run: ({ db, pictures, actor, params }) => {
      const { ticket } = requireTicket(db, actor, params.ticket!);
      return ok(ticket.has_capture ? captureOf(db, pictures, ticket.seq).annotations : []);
    },
  });

  const asset = route({
    method: 'GET',
    path: '/tickets/:ticket/assets/:asset',
    scope: 'read',
    run: ({ db, pictures, actor, params, origin }) => {
      const { ticket } = requireTicket(db, actor, params.ticket!);
      const found = findAsset(db, pictures, ticket.seq, params.asset!);
      return ok(presign(db, origin, found, assetTtlMs));
    },
  });

  return [annotations, asset];
}
