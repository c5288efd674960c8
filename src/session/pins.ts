/** What `--project` and `--company` fix. */
import type { Settings } from '../settings/settings.ts';
import type { Completable } from '../tool-kit/arguments/suggest-values.ts';

export type Pins = Settings['pins'];

export function hasPin(pins: Pins): boolean {
  return pins.project_id !== undefined || pins.company_id !== undefined;
}

/** What fixes an argument of that kind, so that it is not the caller's to give. */
export function pinOf(kind: Completable, pins: Pins): string | undefined {
  return kind === 'project' ? pins.project_id : undefined;
}
