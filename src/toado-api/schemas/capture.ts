/** What was recorded on the page: the capture, its pictures and drawings. */
import { count, type Read, text, time } from '../schema-kit/scalar-readers.ts';
import { list, needed, objectSchema } from '../schema-kit/tolerant-schema.ts';
import { ID } from './common.ts';

/** Annotations differ by type and their fields are for drawing: kept as they come. */
export const annotation = objectSchema('annotation', { type: text }, { also: { type: ['kind', 'tool'] } });
export const attachment = objectSchema(
  'attachment',
  { id: text, name: text, content_type: text, width: count, height: count },
  {
    also: {
      id: ['attachment_id', ...ID],
      name: ['filename', 'file_name'],
      content_type: ['mime_type', 'mimetype', 'mime'],
    },
  },
);

const size = objectSchema('size', { width: count, height: count }, { also: { width: ['w'], height: ['h'] } });
export const capture = objectSchema(
  'capture',
  {
    id: text,
    captured_at: time,
    url: text,
    page_title: text,
    browser: text,
    viewport: size,
    screenshot: size,
    extension_version: text,
    page_load_state: text,
    health: list(
      objectSchema('health', { section: text, state: text, reason: text }, { also: { state: ['status'] } }),
    ),
  },
  {
    also: {
      id: ['capture_id', ...ID],
      captured_at: ['timestamp', 'created_at'],
      url: ['page_url'],
      page_title: ['title'],
      browser: ['user_agent'],
    },
  },
);

export const asset = objectSchema(
  'asset',
  { url: needed(text), content_type: text, width: count, height: count, expires_at: time },
  {
    also: {
      url: ['signed_url', 'presigned_url', 'download_url', 'href', 'src'],
      content_type: ['mime_type', 'mimetype', 'mime'],
      expires_at: ['expires', 'expiry'],
    },
  },
);

export type Capture = Read<typeof capture>;
export type Asset = Read<typeof asset>;
