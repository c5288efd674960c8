import { randomUUID } from 'node:crypto';
import { type Child, createContext, useContext } from 'hono/jsx';

/** The id of the person whom the page says that it acts as. */
export const ActsAs = createContext('');

interface PostFormProps {
  action: string;
  class?: string;
  /** It makes something: sent twice (a double click, a reload), it makes it once. */
  once?: boolean;
  children: Child;
  [data: `data-${string}`]: string | boolean | undefined;
}

/** A form that changes something. It says whom its page acts as: the browser may be somebody else by now. */
export function PostForm({ children, once = false, ...attributes }: PostFormProps) {
  return (
    <form method="post" {...attributes}>
      <input type="hidden" name="as" value={useContext(ActsAs)} autocomplete="off" />
      {once && <input type="hidden" name="form_id" value={randomUUID()} autocomplete="off" />}
      {children}
    </form>
  );
}
