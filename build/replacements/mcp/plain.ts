/**
 * Which messages are plain: those that mostly come, in the form in which they mostly come, so that the SDK's schemas
 * would take them as they are. About everything else the SDK is asked.
 */
type Data = Record<string, unknown>;

export interface PlainRequest {
  jsonrpc: '2.0';
  id: string | number;
  method: string;
  params?: Data;
}

export type Era = 'legacy' | 'modern';

type Requests = Record<string, (params: unknown) => boolean>;
const OF_BOTH: Requests = {
  'tools/list': isEmpty,
  'prompts/list': isEmpty,
  'resources/list': isEmpty,
  'resources/templates/list': isEmpty,
  'tools/call': isCall,
};
/** Of the 2025 revisions. */
const LEGACY: Requests = { initialize: isInitialize, ping: isEmpty, ...OF_BOTH };
/** Of 2026-07-28, where every request says in an envelope what `initialize` said before. */
const MODERN: Requests = { 'server/discover': isEmpty, ...OF_BOTH };
const ENVELOPE = 'io.modelcontextprotocol/';
export const MODERN_VERSION = '2026-07-28';

/** Notifications that nobody here acts on. */
const IGNORED = ['notifications/initialized', 'notifications/roots/list_changed'];

/** @returns the era that it belongs to; undefined where it isn't plain. */
export function plainRequestOf(message: object): Era | undefined {
  const { id, method, params } = message as Data;
  if (!isId(id) || typeof method !== 'string' || !hasOnly(message as Data, REQUEST)) return undefined;
  const unwrapped = withoutEnvelope(params);
  const [era, requests] = unwrapped ? (['modern', MODERN] as const) : (['legacy', LEGACY] as const);
  const isPlain = Object.hasOwn(requests, method) && requests[method]!(unwrapped ?? params);
  return isPlain ? era : undefined;
}

/** The parameters of a request of the 2026 revision without their envelope; undefined where there is no plain one. */
function withoutEnvelope(params: unknown): Data | undefined {
  if (!isObject(params) || !isObject(params._meta)) return undefined;
  const {
    [`${ENVELOPE}protocolVersion`]: version,
    [`${ENVELOPE}clientInfo`]: client,
    [`${ENVELOPE}clientCapabilities`]: capabilities,
    ...rest
  } = params._meta;
  if (version !== MODERN_VERSION || !isPlainClient(client) || !isPlainCapabilities(capabilities))
    return undefined;
  // How far a call has come is told in another way there.
  if ('progressToken' in rest) return undefined;
  return { ...params, _meta: rest };
}

export function isPlainNotification(message: object): boolean {
  const { method, params } = message as Data;
  return IGNORED.includes(method as string) && isEmpty(params) && hasOnly(message as Data, NOTIFICATION);
}

/** @returns the id of the request that is not wanted any more. */
export function plainlyCancelled(message: object): string | number | undefined {
  const { method, params } = message as Data;
  if (method !== 'notifications/cancelled' || !isObject(params)) return undefined;
  const { requestId, reason, _meta } = params;
  const isPlain =
    isId(requestId) &&
    (reason === undefined || typeof reason === 'string') &&
    isPlainMeta(_meta) &&
    hasOnly(message as Data, NOTIFICATION);
  return isPlain ? (requestId as string | number) : undefined;
}

const REQUEST = ['jsonrpc', 'id', 'method', 'params'];
const NOTIFICATION = ['jsonrpc', 'method', 'params'];

function isInitialize(params: unknown): boolean {
  if (!isObject(params) || !hasOnly(params, ['protocolVersion', 'capabilities', 'clientInfo'])) return false;
  const { protocolVersion, capabilities, clientInfo } = params;
  return (
    typeof protocolVersion === 'string' && isPlainCapabilities(capabilities) && isPlainClient(clientInfo)
  );
}

function isPlainCapabilities(capabilities: unknown): boolean {
  if (!isObject(capabilities) || !hasOnly(capabilities, CAPABILITIES)) return false;
  const { roots = {}, sampling = {}, elicitation = {}, experimental = {}, extensions = {} } = capabilities;
  return (
    isObject(roots) &&
    hasOnly(roots, ['listChanged']) &&
    ['boolean', 'undefined'].includes(typeof roots.listChanged) &&
    isBare(sampling) &&
    isObject(elicitation) &&
    hasOnly(elicitation, ['form', 'url']) &&
    Object.values(elicitation).every(isBare) &&
    [experimental, extensions].every((named) => isObject(named) && Object.values(named).every(isObject))
  );
}
const CAPABILITIES = ['roots', 'sampling', 'elicitation', 'experimental', 'extensions'];

function isPlainClient(client: unknown): boolean {
  return (
    isObject(client) &&
    hasOnly(client, ['name', 'version', 'title', 'websiteUrl', 'description']) &&
    Object.values(client).every((text) => typeof text === 'string') &&
    'name' in client &&
    'version' in client
  );
}

function isCall(params: unknown): boolean {
  return (
    isObject(params) &&
    typeof params.name === 'string' &&
    (params.arguments === undefined || isObject(params.arguments)) &&
    isPlainMeta(params._meta) &&
    hasOnly(params, ['name', 'arguments', '_meta'])
  );
}

function isEmpty(params: unknown): boolean {
  return (
    params === undefined || (isObject(params) && isPlainMeta(params._meta) && hasOnly(params, ['_meta']))
  );
}

/** The specification's own names in it say something about the protocol. */
function isPlainMeta(meta: unknown): boolean {
  if (meta === undefined) return true;
  if (!isObject(meta)) return false;
  for (const name in meta) if (name.startsWith(ENVELOPE)) return false;
  return meta.progressToken === undefined || isId(meta.progressToken);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

function isBare(value: unknown): boolean {
  return isObject(value) && hasOnly(value, []);
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(value: Data, names: readonly string[]): boolean {
  for (const name in value) if (!names.includes(name)) return false;
  return true;
}
