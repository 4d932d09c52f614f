import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from '../../../src/requests/request.js';
import type { SlackMessage } from '../../../src/sandbox/slack/server.js';
import type { Store } from '../../../src/store/store.js';
import type { Dice } from './random.js';
import { CHANNELS, slackIdOf, type Town } from './town.js';
import type { Wish } from './wishes.js';

export interface Life {
  readonly town: Town;
  /** What a person would see with `/handle requests`. */
  readonly store: Store;
  readonly dice: Dice;
  /** People do not type while Slack says that the app is down. */
  readonly isUp: () => boolean;
  readonly isOver: () => boolean;
}

/** How long people wait for a window to change before they try again. */
const PATIENCE = 1_500;
const LOOK = 40;

/** Types, fills and sends until the desk has the wish: whoever loses a click clicks again, and nobody asks twice for what is there. */
export async function askFor(life: Omit<Life, 'dice'>, wish: Wish): Promise<void> {
  while (!life.isOver() && (await requestOf(life.store, wish)) === null) {
    if (life.isUp()) await tryToAsk(life, wish);
    else await pause(LOOK);
  }
}

async function tryToAsk({ town, store, isOver }: Omit<Life, 'dice'>, wish: Wish): Promise<void> {
  const person = town.slack.as(slackIdOf(wish.by));
  // A form whose sending failed is sent once more, as it stands there.
  const isForm = (): boolean => person.modal?.callback_id.startsWith('form:') === true;
  if (person.modal !== null && !isForm()) await person.closes({ all: true });
  if (person.modal === null) {
    const command =
      wish.change === 'grant' ? `/handle request ${wish.service}` : `/handle register ${wish.name}`;
    await person.types(command, { channel: CHANNELS.team });
    await until(() => Promise.resolve(person.modal !== null));
  }
  if (!isForm()) return;
  const sent = await person.submits(valuesOf(wish));
  if (sent.outcome !== 'ok') return;
  // Who reads that the form can be closed does not ask again, whatever becomes of the process.
  const isTaken = (): boolean => person.modal?.callback_id === 'working';
  while (isTaken() && !isOver() && (await requestOf(store, wish)) === null) await pause(LOOK);
  await until(async () => (await requestOf(store, wish)) !== null);
}

function valuesOf(wish: Wish) {
  return wish.change === 'grant'
    ? {
        people: wish.people.map(slackIdOf),
        level: wish.level,
        duration: wish.duration,
        reason: wish.reason,
      }
    : {
        name: wish.name,
        proxyEndpoint: 'localhost:17000/handle_proxy',
        account: 'datacite-test',
        'DOI.host': 'https://mds.test.datacite.org',
        'DOI.prefix': '10.5072',
        reason: wish.reason,
      };
}

export async function requestOf(store: Store, wish: Wish): Promise<Request | null> {
  const all = await store.requests.find({ requester: slackIdOf(wish.by) });
  return all.find((it) => it.reason === wish.reason) ?? null;
}

/** Whoever may agree presses Approve wherever there is one, sometimes two at once, and again while it has no effect. */
export async function approveAll(life: Life): Promise<void> {
  while (!life.isOver()) {
    const pending = await life.store.requests.find({ status: ['pending'] });
    for (const request of life.isUp() ? pending : []) await tryToApprove(life, request);
    await pause(LOOK);
  }
}

async function tryToApprove({ town, dice }: Life, request: Request): Promise<void> {
  const message = approvalOf(town, request);
  if (message === undefined) return;
  const curators = dice.chance(0.3) ? ['cora', 'cem', 'cora'] : [dice.one(['cora', 'cem'])];
  const approvers = request.change === 'register' ? ['ada'] : curators;
  await Promise.all(
    approvers.map((name) => town.slack.as(slackIdOf(name)).clicks(message, 'request_approve')),
  );
}

function approvalOf({ slack }: Town, request: Request): SlackMessage | undefined {
  const key = `notify:${request.id}:approval:${CHANNELS.desk}`;
  return slack.messages(CHANNELS.desk).find((it) => keyOf(it) === key && hasApprove(it));
}

export const hasApprove = (message: SlackMessage): boolean =>
  JSON.stringify(message.blocks).includes('request_approve');

/** Which message of the desk this is; null for what people wrote. */
export const keyOf = ({ metadata }: SlackMessage): string | null => {
  const key = metadata?.event_payload['key'];
  return typeof key === 'string' ? key : null;
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end && !(await condition())) await pause(LOOK);
}
