/** A person, as their initials on a colour of their own. */
export function Avatar({ user, size = '' }: { user: { id: string; name: string }; size?: 'small' | '' }) {
  return (
    <span class={`avatar hue-${hueOf(user.id)} ${size}`} aria-hidden="true">
      {initials(user.name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  // Where a family name is one character, it stands for the whole.
  if (/^\p{Script=Han}/u.test(name)) return [...name][0]!;
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : [words[0]!];
  return ends.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}

function hueOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.codePointAt(0)!) % 997;
  return sum % 8;
}
