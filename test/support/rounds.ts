/** How many rounds a property is tried for: `few` in `npm test`, `many` in `npm run test:full`. */
export function rounds(few: number, many: number): number {
  return process.env.TEST_ROUNDS === 'many' ? many : few;
}
