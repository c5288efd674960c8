/**
 * The SDK's platform module for the bundle. The original brings ajv for checking what users fill into forms
 * (elicitation); this server asks for none, so there is nothing to check, and asking would be a bug that shows.
 */
export { default as process } from 'node:process';

export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error('The bundle has no JSON Schema validator (build/replacements/mcp-shims.ts).');
  }
}
