import { type ZoneState } from './state.js';
import { type Profile } from './version.js';

/** What every step of judging a request needs of the server. */
export interface Zone {
  readonly state: ZoneState;
  readonly profile: Profile;
  /** Unix seconds by the sandbox's clock. */
  readonly seconds: () => number;
}
