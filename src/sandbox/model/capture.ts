export interface Capture {
  id: string;
  captured_at: string;
  url: string;
  page_title: string;
  browser: string;
  viewport: { width: number; height: number };
  /** Absent where no picture was taken. */
  screenshot?: { width: number; height: number };
  extension_version: string;
  page_load_state: string;
  health: { section: string; state: 'partial' | 'empty'; reason: string }[];
}

export interface Attachment {
  id: string;
  name: string;
  content_type: string;
  width: number;
  height: number;
}

/** In pixels of the screenshot. */
export type Annotation =
  | { type: 'stroke'; color: string; points: [number, number][]; width: number }
  | { type: 'circle'; color: string; x: number; y: number; rx: number; ry: number }
  | { type: 'arrow'; color: string; from: [number, number]; to: [number, number] }
  | { type: 'text'; color: string; x: number; y: number; text: string }
  | { type: 'redaction'; color: string; x: number; y: number; width: number; height: number };
