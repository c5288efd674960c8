/** Lists of which Toado has more than was read: what isn't in one may still be there. */
const cut = new WeakSet<object>();

export function markCut<List extends object>(list: List): List {
  cut.add(list);
  return list;
}

export function isCut(list: object): boolean {
  return cut.has(list);
}
