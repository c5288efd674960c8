import type { Child } from 'hono/jsx';
import { Icon } from '../parts/icon.tsx';
import { BarePage, type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Text } from '../parts/text.tsx';

interface ErrorPageProps {
  /** Absent: for somebody to whom nothing of the sandbox is shown. */
  frame: Frame | undefined;
  title: string;
  message: string;
  code: string;
  /** The address that a reload should go to, where it isn't the page's own. */
  reloadAt?: string | undefined;
  /** What the person can do; back to the board unless said otherwise. */
  children?: Child;
}

/** A refusal for a person. The script shows the sentence alone when a form was refused. */
export function ErrorPage({ frame, title, message, code, reloadAt, children }: ErrorPageProps) {
  const box = (
    <div class="error-box">
      <Icon name="alert" />
      <h1>{title}</h1>
      <p data-refusal>
        <Text>{message}</Text>
      </p>
      <p class="note">
        <code>{code}</code>
      </p>
      {children ??
        (frame && (
          <p>
            <a class="button" href="/">
              To the board
            </a>
          </p>
        ))}
    </div>
  );
  if (!frame) return <BarePage title={title}>{box}</BarePage>;
  return (
    <Page frame={frame} title={title} class="error-page" reloadAt={reloadAt}>
      {box}
    </Page>
  );
}

/** The browser acts as somebody else than the page said that sent this. */
export function PersonChangedPage({ frame, was, ...error }: ErrorPageProps & { frame: Frame; was: string }) {
  const before = frame.people.find(({ id }) => id === was);
  return (
    <ErrorPage frame={frame} {...error}>
      <div class="buttons">
        <a class="button primary" href={frame.path}>
          Go on as {frame.person.user.name}
        </a>
        {before && (
          <PostForm action="/session">
            <input type="hidden" name="back" value={frame.path} />
            <button type="submit" class="button" name="user" value={before.id}>
              Be {before.name} again
            </button>
          </PostForm>
        )}
      </div>
    </ErrorPage>
  );
}
