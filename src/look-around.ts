import type { Config } from './config.js';
import { examine } from './doctor/examine.js';
import type { Examined, Intake, Workspace } from './doctor/examined.js';
import type { Finding } from './doctor/finding.js';
import { createOnezone, type OnezoneDeps } from './onezone/onezone.js';
import { probe } from './onezone/probe.js';
import type { AccountDeps } from './policy/accounts.js';
import type { Policy } from './requests/policy.js';
import type { StoreLook } from './store/look.js';

export interface LookAround {
  readonly config: Config;
  readonly policy: Policy;
  readonly accounts: AccountDeps;
  readonly workspace: Workspace;
  readonly store: () => Promise<StoreLook>;
  readonly intake: () => Promise<Intake>;
  readonly now: () => Date;
  readonly sleep?: OnezoneDeps['sleep'];
}

/** Examines a desk: the bot its own, the command line one that may not even run. Never throws. */
export async function lookAround(given: LookAround): Promise<readonly Finding[]> {
  const { config, now, sleep } = given;
  // A client of its own: the bot's keeps what it found out when it connected.
  const onezone = createOnezone(config.onezone, { now, ...(sleep === undefined ? {} : { sleep }) });
  const examined: Examined = {
    ...given,
    zone: {
      probe: () => probe(config.onezone.url),
      connect: onezone.connect,
      services: onezone.listHandleServices,
    },
  };
  try {
    return await examine(examined);
  } finally {
    await onezone.close();
  }
}
