import { Icon } from './icon.tsx';

export function CopyButton({ text, what }: { text: string; what: string }) {
  return (
    <button type="button" class="button quiet copy" data-copies={text} aria-label={`Copy the ${what}`}>
      <Icon name="copy" />
      <span data-copy-word>Copy</span>
    </button>
  );
}
