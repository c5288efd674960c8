import type { Context as HonoContext } from 'hono';
import { isFromThisMachine } from '../../api/local-only.ts';
import { ApiError } from '../../model/errors.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers: Record<string, string> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not no-referrer: with that, a form's post would come with the origin `null`.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  // Pages can hold what is shown once.
  'Cache-Control': 'no-store',
};

/** Nothing runs or is fetched but the sandbox's own script, style, font and pictures; nobody frames a page. */
export function protect(c: HonoContext): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}

/** Throws `forbidden` for whoever isn't at this machine: the pages act as the local person. */
export function requireLocalBrowser(c: HonoContext): void {
  if (isFromThisMachine(c)) return;
  throw new ApiError('forbidden', "The sandbox's pages are for the person at this machine only.");
}

/**
 * Throws `forbidden` unless one of the sandbox's own pages sent this. Another site's page, and a page of another
 * program on this machine (same site, other port), comes with its own origin. A browser always names the origin of a
 * post.
 */
export function requireOwnOrigin(c: HonoContext): void {
  const site = c.req.header('sec-fetch-site') ?? 'same-origin';
  if (c.req.header('origin') === `http://${c.req.header('host')}` && site === 'same-origin') return;
  throw new ApiError('forbidden', "Only the sandbox's own pages may do this.");
}

/** Throws `forbidden` when a page of another origin asks for something that isn't a page to go to. */
export function requireOwnFetch(c: HonoContext): void {
  const site = c.req.header('sec-fetch-site') ?? 'none';
  if (site === 'none' || site === 'same-origin') return;
  throw new ApiError('forbidden', "Only the sandbox's own pages may read this.");
}
