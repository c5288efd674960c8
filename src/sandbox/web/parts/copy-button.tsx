import { Icon } from './icon.tsx';

export function CopyButton({ text, what, word = 'Copy' }: { text: string; what: string; word?: string }) {
  return (
    <button
      type="button"
      class="button quiet copy"
      data-copies={text}
      aria-label={word === 'Copy' ? `Copy the ${what}` : undefined}
    >
      <Icon name="copy" />
      <span data-copy-word={word}>{word}</span>
    </button>
  );
}
