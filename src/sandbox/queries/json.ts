/**
 * JSON text of a T, made by the database: it is sent as it is, which is several times faster than fetching columns,
 * building objects and writing those.
 */
export type Json<T> = string & { readonly of?: T };

export function parse<T>(json: Json<T>): T {
  return JSON.parse(json);
}

/** An object's JSON with further fields, whose values are JSON texts too; those that are undefined are left out. */
export function withFields(json: string, fields: Record<string, string | undefined>): string {
  const added = Object.entries(fields).map(([name, value]) =>
    value === undefined ? '' : `,"${name}":${value}`,
  );
  return `${json.slice(0, -1)}${added.join('')}}`;
}

/** SQL for a JSON boolean out of a condition. */
export function booleanJson(condition: string): string {
  return `json(iif(${condition}, 'true', 'false'))`;
}

/** SQL for the Attribution in a table's columns that begin with `created` or `updated`; `user` is the joined user. */
export function attributionJson(table: string, prefix: 'created' | 'updated', user: string): string {
  return `json_object(
    'user', json_object('id', ${user}.id, 'name', ${user}.name),
    'token', json(iif(${table}.${prefix}_token_id IS NULL, 'null',
      json_object('id', ${table}.${prefix}_token_id, 'label', ${table}.${prefix}_token_label))),
    'via', ${table}.${prefix}_via,
    'at', ${table}.${prefix}_at)`;
}
