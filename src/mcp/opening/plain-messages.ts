/**
 * Which messages of an opening are plain: in a form that the SDK's schemas take as it is. About every other one the SDK
 * is asked, so what stands here may be narrower than they are, never wider.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { isRequestId, type RequestId } from '../protocol/json-rpc.ts';
import { DISCOVER_REVISIONS } from '../protocol/revisions.ts';

export interface PlainRequest {
  jsonrpc: '2.0';
  id: RequestId;
  method: string;
  params?: JsonObject | undefined;
}

/** `initialize`: the revisions up to 2025-11-25. `discover`: the later ones, where each request has an envelope. */
export type Era = 'initialize' | 'discover';

const LISTS = ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'];
/** Beside `initialize`, they all come without parameters. */
const REQUESTS: Record<Era, readonly string[]> = {
  initialize: ['initialize', 'ping', ...LISTS],
  discover: ['server/discover', ...LISTS],
};
/** Notifications that this server has no use for. */
const UNUSED = ['notifications/initialized', 'notifications/roots/list_changed'];
const NOTIFICATION = ['jsonrpc', 'method', 'params'];
const PROTOCOL = 'io.modelcontextprotocol/';

/** @returns the era that the request belongs to; undefined where it isn't plain. */
export function plainRequestOf(message: object): Era | undefined {
  const { id, method, params } = message as JsonObject;
  if (
    !isRequestId(id) ||
    typeof method !== 'string' ||
    !hasOnly(message as JsonObject, ['id', ...NOTIFICATION])
  )
    return undefined;
  const unwrapped = withoutEnvelope(params);
  const era = unwrapped ? 'discover' : 'initialize';
  const isPlain = method === 'initialize' ? isInitialize(params) : isEmpty(unwrapped ?? params);
  return isPlain && REQUESTS[era].includes(method) ? era : undefined;
}

export function isPlainNotification(message: object): boolean {
  const { method, params } = message as JsonObject;
  return UNUSED.includes(method as string) && isEmpty(params) && hasOnly(message as JsonObject, NOTIFICATION);
}

/** @returns the id of the request that is not wanted any more. */
export function plainlyCancelled(message: object): RequestId | undefined {
  const { method, params } = message as JsonObject;
  if (method !== 'notifications/cancelled' || !isJsonObject(params)) return undefined;
  const { requestId, reason, _meta } = params;
  const isPlain = isRequestId(requestId) && isOptional('string', reason) && isPlainMeta(_meta);
  return isPlain && hasOnly(message as JsonObject, NOTIFICATION) ? (requestId as RequestId) : undefined;
}

/** The parameters of a request of the `discover` era without their envelope; undefined where there is no plain one. */
function withoutEnvelope(params: unknown): JsonObject | undefined {
  if (!isJsonObject(params) || !isJsonObject(params._meta)) return undefined;
  const {
    [`${PROTOCOL}protocolVersion`]: revision,
    [`${PROTOCOL}clientInfo`]: client,
    [`${PROTOCOL}clientCapabilities`]: capabilities,
    ...rest
  } = params._meta;
  if (!DISCOVER_REVISIONS.includes(revision as string)) return undefined;
  if (!isPlainClient(client) || !arePlainCapabilities(capabilities)) return undefined;
  // Progress is told in another way there.
  return 'progressToken' in rest ? undefined : { ...params, _meta: rest };
}

function isInitialize(params: unknown): boolean {
  if (!isJsonObject(params) || !hasOnly(params, ['protocolVersion', 'capabilities', 'clientInfo', '_meta']))
    return false;
  const { protocolVersion, capabilities, clientInfo, _meta } = params;
  return (
    typeof protocolVersion === 'string' &&
    arePlainCapabilities(capabilities) &&
    isPlainClient(clientInfo) &&
    isPlainMeta(_meta)
  );
}

/** Those that the protocol doesn't know have no meaning. */
function arePlainCapabilities(capabilities: unknown): boolean {
  if (!isJsonObject(capabilities)) return false;
  const { roots = {}, elicitation = {}, sampling = {}, tasks = {}, ...others } = capabilities;
  const { experimental = {}, extensions = {} } = others;
  return (
    isJsonObject(roots) &&
    isOptional('boolean', roots.listChanged) &&
    holdsObjects(elicitation) &&
    isOptional('boolean', (elicitation.form as JsonObject | undefined)?.applyDefaults) &&
    [sampling, experimental, extensions].every(holdsObjects) &&
    holdsObjects(tasks) &&
    Object.values(tasks).every((one) => holdsObjects(one) && Object.values(one).every(holdsObjects))
  );
}

function isPlainClient(client: unknown): boolean {
  if (!isJsonObject(client) || client.icons !== undefined) return false;
  const { name, version, title, websiteUrl, description } = client;
  return (
    typeof name === 'string' &&
    typeof version === 'string' &&
    [title, websiteUrl, description].every((text) => isOptional('string', text))
  );
}

function isEmpty(params: unknown): boolean {
  return (
    params === undefined || (isJsonObject(params) && isPlainMeta(params._meta) && hasOnly(params, ['_meta']))
  );
}

/** The protocol's own names in it change what a message means. */
function isPlainMeta(meta: unknown): boolean {
  if (meta === undefined) return true;
  if (!isJsonObject(meta) || Object.keys(meta).some((name) => name.startsWith(PROTOCOL))) return false;
  return meta.progressToken === undefined || isRequestId(meta.progressToken);
}

function isOptional(type: string, value: unknown): boolean {
  return value === undefined || typeof value === type;
}

function holdsObjects(value: unknown): value is Record<string, JsonObject> {
  return isJsonObject(value) && Object.values(value).every(isJsonObject);
}

function hasOnly(value: JsonObject, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}
