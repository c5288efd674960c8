/** The catalogue as data: what can be said of every tool without loading tools/, zod or the SDK. */

export type { CatalogueEntry, JsonSchema, ObjectSchema } from './entry.ts';
export { catalogue } from './tools.generated.ts';
