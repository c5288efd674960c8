/** What `--project` and `--company` fix. */
import type { ArgumentKind } from '../prompts/define-prompt.ts';
import type { Settings } from '../settings/settings.ts';

export type Pins = Settings['pins'];

export function hasPin(pins: Pins): boolean {
  return pins.project_id !== undefined || pins.company_id !== undefined;
}

/** What fixes an argument of that kind, so that it is not the caller's to give. */
export function pinOf(kind: ArgumentKind, pins: Pins): string | undefined {
  return kind === 'project' ? pins.project_id : undefined;
}
