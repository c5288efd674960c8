import type { Pictures } from '../assets/pictures.ts';
import type { Database } from '../db/database.ts';
import type { Attachment, Capture } from '../model/capture.ts';

interface CaptureRow {
  id: string;
  captured_at: string;
  url: string;
  page_title: string;
  browser: string;
  viewport_width: number;
  viewport_height: number;
  picture: string | null;
  extension_version: string;
  page_load_state: string;
  health: string;
  annotations: string;
}

/** The capture of a ticket that has one, and what was drawn on it. */
export function captureOf(
  db: Database,
  pictures: Pictures,
  ticketSeq: number,
): { capture: Capture; annotations: unknown[] } {
  const row = db.get<CaptureRow>('SELECT * FROM captures WHERE ticket_seq = ?', ticketSeq)!;
  const screenshot = row.picture === null ? undefined : pictures.size(row.picture);
  return {
    capture: {
      id: row.id,
      captured_at: row.captured_at,
      url: row.url,
      page_title: row.page_title,
      browser: row.browser,
      viewport: { width: row.viewport_width, height: row.viewport_height },
      ...(screenshot && { screenshot }),
      extension_version: row.extension_version,
      page_load_state: row.page_load_state,
      health: JSON.parse(row.health),
    },
    annotations: JSON.parse(row.annotations),
  };
}

/** The DevTools data of a ticket as JSON text, with a digest of it; undefined where none were captured. */
export function devtoolsOf(db: Database, ticketSeq: number): { json: string; digest: string } | undefined {
  return db.get('SELECT json, digest FROM devtools WHERE ticket_seq = ?', ticketSeq);
}

/** The pictures that people attached. */
export function attachmentsOf(db: Database, pictures: Pictures, ticketSeq: number): Attachment[] {
  return db
    .all<{ id: string; name: string; content_type: string; picture: string }>(
      'SELECT id, name, content_type, picture FROM attachments WHERE ticket_seq = ? ORDER BY rowid',
      ticketSeq,
    )
    .map(({ id, name, content_type, picture }) => ({
      id,
      name,
      content_type,
      ...(pictures.size(picture) ?? { width: 0, height: 0 }),
    }));
}
