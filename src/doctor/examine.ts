import { ChatError } from '../chat.js';
import { OnezoneFailure } from '../onezone/errors.js';
import { checks } from './checks/index.js';
import type { Check } from './check.js';
import type { Examined } from './examined.js';
import { type Finding, unknown } from './finding.js';

/** Looks at everything at once. Never throws: what cannot be looked at is a finding as well. */
export async function examine(given: Examined): Promise<readonly Finding[]> {
  const examined = askedOnce(given);
  const found = await Promise.all(checks.map((check) => lookAt(check, examined)));
  return found.flat();
}

async function lookAt({ name, look }: Check, examined: Examined): Promise<readonly Finding[]> {
  try {
    return await look(examined);
  } catch (error) {
    const isElsewhere = error instanceof OnezoneFailure || error instanceof ChatError;
    // Another check says that Onezone or Slack does not answer: once is enough.
    if (isElsewhere && SAID_ELSEWHERE.includes(name)) return [];
    return [
      unknown(name, {
        what: `${name} could not be looked at.`,
        why: error instanceof Error ? error.message : String(error),
        fix: isElsewhere ? 'See what is said of Slack and Onezone.' : 'The log may say more.',
        ...(isElsewhere ? { told: 'elsewhere' as const } : {}),
      }),
    ];
  }
}

const SAID_ELSEWHERE: readonly string[] = [
  'slack.scopes',
  'onezone.privileges',
  'onezone.caveats',
  'onezone.token',
];

/** Many checks ask the same: one answer serves them all, and they cannot contradict each other. */
function askedOnce(given: Examined): Examined {
  const { workspace, zone } = given;
  return {
    ...given,
    workspace: {
      installation: once(workspace.installation),
      channel: onceEach(workspace.channel),
      person: onceEach(workspace.person),
      group: onceEach(workspace.group),
    },
    zone: {
      probe: once(zone.probe),
      connect: once(zone.connect),
      services: once(zone.services),
    },
    store: once(given.store),
    intake: once(given.intake),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= ask());
}

function onceEach<T>(ask: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (id) => {
    const answer = asked.get(id) ?? ask(id);
    asked.set(id, answer);
    return answer;
  };
}
