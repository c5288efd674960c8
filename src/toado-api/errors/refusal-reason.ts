/** Whether the words of a refusal (403) give a reason that has nothing to do with who asks: then no other one is claimed. */
import { snakeCase } from '../../base/letter-case.ts';

/** What the role, the scopes and the limits of a token are spoken of with. */
const ABOUT_RIGHTS =
  /\b(roles?|scopes?|tokens?|api keys?|permissions?|(un)?authori[sz]\w*|privileges?|rights|credentials|access(ible)?|admins?|administrators?|owners?|viewers?|members?(?! of))\b/;

/** Words that say no more than that it was refused. */
const EMPTY_WORDS = new Set(
  [
    'forbidden refused rejected denied prohibited disallowed allowed permitted failed error exception',
    'code status http client server sorry please this that the you your are was has have been had not and for with',
    'may can cannot cant could must dont doesnt isnt arent wasnt user action operation resource request perform',
    'performed item object endpoint here yours nope',
  ].flatMap((line) => line.split(' ')),
);

/** @param message the API's own, in whatever form. */
export function givesReason(message: string | undefined): boolean {
  const text = snakeCase(message ?? '')
    .replace(/_/g, ' ')
    .replace(/['’]/g, '')
    .replace(/\b(access|permission) denied\b/g, ' ');
  if (ABOUT_RIGHTS.test(text)) return false;
  return (text.match(/\p{L}{3,}/gu) ?? []).some((word) => !EMPTY_WORDS.has(word));
}
