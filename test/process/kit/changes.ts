import type { Request } from '../../../src/requests/request.js';
import type { SlackMessage } from '../../../src/sandbox/slack/server.js';
import { type Desk, until } from './desk.js';
import { keyOf } from './residents.js';
import { CHANNELS, slackIdOf } from './town.js';

/** At which moment of a change the process is killed. */
type Moment = 'its form was taken' | 'Onezone is asked' | 'Onezone has done it' | 'people are told';

/** A change of access that is there. */
export interface Story {
  readonly change: 'extend' | 'revoke' | 'release';
  readonly by: string;
  /** What opens its form, and what is typed into that. */
  readonly command: string;
  readonly fields: Parameters<ReturnType<Desk['town']['slack']['as']>['submits']>[0];
  /** The call that changes the access, or where nothing changes the one that reads it. */
  readonly call: { readonly method: string; readonly path: RegExp };
  readonly moments: readonly Moment[];
  /** As `accessIn` has it, in the end. */
  readonly leaves: readonly (readonly [string, readonly string[]])[];
  /** How often Onezone is asked to take it away, by when the process was killed: what was done is not done again. */
  readonly deletes: Partial<Record<Moment, number>>;
  /** Who is told of it, once. */
  readonly told: readonly string[];
}

const p1 = slackIdOf('p1');
const takesAway = {
  call: { method: 'DELETE', path: /users\// },
  moments: ['its form was taken', 'Onezone is asked', 'Onezone has done it', 'people are told'],
  leaves: [],
  deletes: {
    'its form was taken': 1,
    'Onezone is asked': 2,
    'Onezone has done it': 1,
    'people are told': 1,
  },
} as const;

export const stories: readonly Story[] = [
  {
    change: 'extend',
    by: 'p1',
    command: '/handle extend Open',
    fields: { duration: '365d', reason: 'Two more chapters' },
    call: { method: 'GET', path: /users\/[^/]+\/privileges$/ },
    moments: ['its form was taken', 'Onezone has done it', 'people are told'],
    leaves: [[`Open ${p1}`, ['handle_service_register_handle', 'handle_service_view']]],
    deletes: {},
    told: [`outcome:${p1}`],
  },
  {
    ...takesAway,
    change: 'revoke',
    by: 'cora',
    command: '/handle revoke @p1 Open',
    fields: { reason: 'The project is over' },
    told: [`outcome:${slackIdOf('cora')}`, `welcome:${p1}:${p1}`],
  },
  {
    ...takesAway,
    change: 'release',
    by: 'p1',
    command: '/handle done Open',
    fields: {},
    told: [`outcome:${p1}`],
  },
];

/** The form is filled in and taken, so Slack was told that it can be closed; then up to the moment, in which a call has no answer. */
export async function sendsUntil(desk: Desk, story: Story, moment: Moment): Promise<void> {
  const { slack, zone } = desk.town;
  switch (moment) {
    case 'its form was taken':
      return sends(desk, story);
    case 'Onezone is asked':
    case 'Onezone has done it':
      zone.faults.add({
        ...story.call,
        kind: moment === 'Onezone is asked' ? 'hang' : 'commit-then-hang',
        times: 1,
      });
      await sends(desk, story);
      await until(() => Promise.resolve(zone.faults.active.length === 0 ? true : null), moment);
      return;
    case 'people are told': {
      const key = new RegExp(`^notify:R-.{8}:${story.told[0] ?? ''}$`);
      const before = told(desk, key);
      slack.faults.add({ kind: 'commit-then-hang', method: 'chat.postMessage' });
      await sends(desk, story);
      await slack.until(() => told(desk, key) > before, moment, 10_000);
    }
  }
}

const told = ({ town }: Desk, key: RegExp): number =>
  Object.values(town.slack.state.messages)
    .flat()
    .filter((message) => key.test(keyOf(message) ?? '')).length;

async function sends({ town }: Desk, { by, command, fields }: Story): Promise<void> {
  const person = town.slack.as(slackIdOf(by));
  if (person.modal !== null) await person.closes({ all: true });
  await person.types(command, { channel: CHANNELS.team });
  await town.slack.until(() => person.modal !== null, 'the form', 10_000);
  const sent = await person.submits(fields);
  if (sent.outcome !== 'ok') throw new Error(`not taken: ${sent.outcome} ${sent.why ?? ''}`);
}

/** The only request of this change, once it is so. */
export function requestOfChange(
  { store }: Desk,
  change: Story['change'],
  isIt: (request: Request) => boolean,
): Promise<Request> {
  return until(async () => {
    const all = await store.requests.find({});
    return all.find((it) => it.change === change && isIt(it)) ?? null;
  }, change);
}

/** What the messages about a request are, and to whom; sorted. */
export function messagesAbout({ town }: Desk, { id }: Request): readonly string[] {
  return Object.values(town.slack.state.messages)
    .flat()
    .map((message: SlackMessage) => keyOf(message))
    .filter((key) => key?.includes(`:${id}:`) === true)
    .map((key) => String(key).replace(`notify:${id}:`, ''))
    .sort();
}
