/** What `doctor` says of this machine and of the settings: where each came from, never what it is. */
import { existsSync } from 'node:fs';
import { version } from '../../base/version.ts';
import type { ApiMapFile } from '../../settings/api-map-file.ts';
import { type ProxyUse, shownProxy } from '../../settings/proxy.ts';
import type { Settings } from '../../settings/settings.ts';
import { VARIABLE_NAMES } from '../../settings/variables.ts';
import { changesOf } from '../../toado-api/routes/api-map.ts';
import type { TargetOptions } from '../target/target.ts';
import type { Check } from './report.ts';

const OLDEST_NODE = '20.18.1';

export function checkNode(): Check {
  const { node } = process.versions;
  const isNew = node.localeCompare(OLDEST_NODE, 'en', { numeric: true }) >= 0;
  return {
    name: 'node',
    state: isNew ? 'ok' : 'fail',
    says: `${node} on ${process.platform} ${process.arch}; toado-mcp ${version}`,
    next: isNew ? undefined : `toado-mcp needs Node ${OLDEST_NODE} or later.`,
    details: { node, platform: process.platform, arch: process.arch, toadoMcp: version },
  };
}

/** Says what the map corrects, since that explains answers that look odd. */
export function apiMapCheck({ path, map }: ApiMapFile): Check {
  const changes = changesOf(map);
  return {
    name: 'api map',
    state: 'ok',
    says: `${path} changes ${changes.length === 0 ? 'nothing' : changes.join('; ')}`,
    details: { file: path, changes },
  };
}

/** Where each setting came from; never what it is. */
export function origins({ origins }: Settings, { sandbox }: TargetOptions): Check {
  const given = VARIABLE_NAMES.filter((name) => origins[name] !== 'default');
  const parts = given.map((name) => `${name} from ${origins[name]}`);
  if (sandbox !== undefined) parts.unshift('address and token from the sandbox');
  const isDefault = given.length === 0 ? 'everything' : 'everything else';
  return {
    name: 'settings',
    state: 'ok',
    says: [...parts, `${isDefault} by default`].join('; '),
    details: { origins, sandbox: sandbox !== undefined },
  };
}

export function proxyCheck({ proxy, variable }: ProxyUse): Check {
  if (proxy)
    return {
      name: 'proxy',
      state: 'ok',
      says: `${shownProxy(proxy.url)} (${variable})`,
      details: { proxy: shownProxy(proxy.url), variable },
    };
  return {
    name: 'proxy',
    state: 'ok',
    says: variable ? `none for this host (${variable})` : 'none',
    details: { proxy: null, variable },
  };
}

/** Node itself only warns about a file that isn't there, and goes on without it. */
export function extraCertificates(): Check | undefined {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (!file || existsSync(file)) return undefined;
  return {
    name: 'certs',
    state: 'fail',
    says: `NODE_EXTRA_CA_CERTS names a file that is not there: ${file}`,
    next: 'Correct the path; it is read only when the program starts.',
  };
}
