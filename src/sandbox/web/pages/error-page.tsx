import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { Text } from '../parts/text.tsx';

/** A refusal for a person. The script shows the sentence alone when a form was refused. */
export function ErrorPage(props: { frame: Frame; title: string; message: string; code: string }) {
  return (
    <Page frame={props.frame} title={props.title} class="error-page">
      <div class="error-box">
        <Icon name="alert" />
        <h1>{props.title}</h1>
        <p data-refusal>
          <Text>{props.message}</Text>
        </p>
        <p class="note">
          <code>{props.code}</code>
        </p>
        <p>
          <a class="button" href="/">
            To the board
          </a>
        </p>
      </div>
    </Page>
  );
}
