import { raw } from 'hono/html';
import { markdownHtml } from './markdown.ts';
import { markedText } from './marked-text.ts';

/** Text that anybody may have written, as text: what it hides is shown. */
export function Text({ children }: { children: string }) {
  return raw(markedText(children));
}

/** A description or a comment: Markdown, as people and agents write it. */
export function Prose({ text }: { text: string }) {
  return (
    <div class="prose" dir="auto">
      {raw(markdownHtml(text))}
    </div>
  );
}
