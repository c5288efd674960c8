/** The catalogue as data: what can be said of every tool without loading tools/, zod or the SDK. */

export { BOUNDS, type CatalogueEntry, type JsonSchema, type ObjectSchema } from './entry.ts';
export { catalogue } from './tools.generated.ts';
