/**
 * Writes an answer's data as compact text. Lists of like things become a table whose constant columns are said
 * once; texts of several lines are indented under their name. Nothing is left out: the same facts as in the JSON.
 */
type Data = Record<string, unknown>;

const LONG_CELL = 240;
/** Lists of short words stand on one line. */
const SHORT_ITEM = 60;

export function encode(data: Data, indent = ''): string {
  let text = '';
  for (const key in data) {
    const value = data[key];
    if (value !== undefined) text += `${text && '\n'}${entry(key, value, indent)}`;
  }
  return text;
}

function entry(key: string, value: unknown, indent: string): string {
  const at = `${indent}${key}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return `${at}: none`;
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      if (value.every((item) => scalar(item).length <= SHORT_ITEM))
        return `${at}: ${value.map(cell).join(', ')}`;
      return `${at}:\n${value.map((item) => `${indent}- ${scalar(item).replaceAll('\n', `\n${indent}  `)}`).join('\n')}`;
    }
    return `${at} (${value.length}):\n${list(value, indent)}`;
  }
  if (isData(value)) {
    const line = isFlat(value) ? inline(value) : undefined;
    if (line !== undefined && !line.includes('\n') && line.length <= LONG_CELL) return `${at}: ${line}`;
    return `${at}:\n${encode(value, `${indent}  `)}`;
  }
  const text = scalar(value);
  return text.includes('\n') ? `${at}:\n${indented(text, `${indent}  `)}` : `${at}: ${text}`;
}

function list(items: unknown[], indent: string): string {
  if (items.every(isData) && isTable(items)) return table(items, indent);
  return items
    .map((item) =>
      isData(item)
        ? encode(item, `${indent}  `).replace(`${indent}  `, `${indent}- `)
        : `${indent}- ${scalar(item)}`,
    )
    .join('\n');
}

function table(rows: Data[], indent: string): string {
  const names = new Set<string>();
  for (const row of rows) for (const name in row) if (row[name] !== undefined) names.add(name);
  const keys = [...names];
  const cells = rows.map((row) => keys.map((key) => (row[key] === undefined ? '' : cell(row[key]))));
  const isSame = (at: number) => rows.length > 2 && cells.every((row) => row[at] === cells[0]![at]);
  const same: string[] = [];
  const columns: number[] = [];
  for (const [at, key] of keys.entries()) {
    if (isSame(at)) same.push(`${key}=${cells[0]![at]}`);
    else columns.push(at);
  }
  const line = (row: readonly string[]) =>
    indent + withoutEmptyEnd(columns.map((at) => row[at]!)).join(' | ');
  const head = same.length > 0 ? `${indent}all: ${same.join('; ')}\n` : '';
  return `${head}${line(keys)}\n${cells.map(line).join('\n')}`;
}

function withoutEmptyEnd(cells: string[]): string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1] === '') end--;
  return cells.slice(0, end);
}

/** A value inside a line: what would break the line or the columns is escaped. */
function cell(value: unknown): string {
  if (Array.isArray(value)) return value.map(cell).join('; ');
  if (isData(value)) return inline(value);
  const text = scalar(value);
  if (!/[\\\n|]/.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('|', '\\|');
}

/** `{id: 'usr_1', name: 'Mia'}` → `Mia (usr_1)`; other objects name their fields. */
function inline(value: Data): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  if (keys.length === 2 && 'id' in value && 'name' in value) return `${cell(value.name)} (${cell(value.id)})`;
  return keys.map((key) => `${key}=${cell(value[key])}`).join(', ');
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function indented(text: string, indent: string): string {
  return indent + text.replaceAll('\n', `\n${indent}`);
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFlat(value: Data): boolean {
  for (const name in value) if (typeof value[name] === 'object' && value[name] !== null) return false;
  return true;
}

/** One long title doesn't make a list of blocks out of a board. */
function isTable(items: Data[]): boolean {
  const rows = items.filter(isRow).length;
  return rows === items.length || (rows >= items.length * 0.8 && items.every(isShallow));
}

function isShallow(value: Data): boolean {
  return Object.values(value).every(
    (inner) => typeof inner !== 'object' || inner === null || isRow({ inner }),
  );
}

/** Whether it fits on one line of a table: short texts without line breaks, nothing deeply nested. */
function isRow(value: Data): boolean {
  return Object.values(value).every((inner) => {
    if (typeof inner === 'string') return inner.length <= LONG_CELL && !inner.includes('\n');
    if (Array.isArray(inner)) return inner.every((one) => (isData(one) ? isFlat(one) : true));
    return !isData(inner) || isFlat(inner);
  });
}
