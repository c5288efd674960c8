/**
 * The ids of what `--project` and `--company` fix. A name means what it meant when Toado first said so: from then on
 * the id alone is compared, also under another token, since others may be called so meanwhile.
 */
import type { Failure } from '../base/failure.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import { hasPin, type Pins } from './pins.ts';

export class PinnedIds {
  readonly #given: Pins;
  readonly #isListable: (tool: string) => boolean;
  #ids: Pins = {};
  #problem?: Failure | undefined;

  /** @param isListable whether a tool may be offered: what only an excluded one lists isn't listed by an error. */
  constructor(given: Pins, isListable: (tool: string) => boolean) {
    this.#given = given;
    this.#isListable = isListable;
  }

  /** What is wrong with them, as far as Toado has said. */
  get problem(): Failure | undefined {
    return this.#problem;
  }

  /** The ids, as far as they are known, otherwise as it was given. */
  get shown(): Pins {
    return { ...this.#given, ...this.#ids };
  }

  /** Another token may see what the last one didn't; the ids stay what they are. */
  forgetProblem(): void {
    this.#problem = undefined;
  }

  /** Whether they are there still. */
  async check(api: ReadApi): Promise<void> {
    if (!hasPin(this.#given)) return;
    const { pinProblem } = await import('./pin-lookup.ts');
    this.#problem = pinProblem(await this.#lookUp(api));
  }

  /**
   * Looked up where Toado hasn't said them yet.
   * @param needed those that the caller can't do without.
   * @throws Failure where Toado doesn't say one of those now, either.
   */
  async known(api: ReadApi, needed: readonly (keyof Pins)[]): Promise<Pins> {
    const lacks = () =>
      needed.some((argument) => this.#given[argument] !== undefined && this.#ids[argument] === undefined);
    if (!lacks()) return this.#ids;
    const { idsGiven } = await import('./pin-lookup.ts');
    this.#ids = { ...idsGiven(this.#given), ...this.#ids };
    if (!lacks()) return this.#ids;
    const lookups = await this.#lookUp(api);
    if (!lacks()) return this.#ids;
    throw lookups.find(({ failure }) => failure)!.failure!;
  }

  async #lookUp(api: ReadApi) {
    const { lookUpPins, pinIds } = await import('./pin-lookup.ts');
    const lookups = await lookUpPins(this.#given, api, this.#isListable, this.#ids);
    // Of several at once, the first that found it decides.
    this.#ids = { ...pinIds(lookups), ...this.#ids };
    return lookups;
  }
}
