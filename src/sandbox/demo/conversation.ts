import type { OnezoneSandbox } from '../onezone/server.js';
import type { SlackMessage, SlackSandbox } from '../slack/server.js';
import type { BotProcess } from './bot-process.js';
import { channels, people } from './people.js';
import type { Transcript } from './transcript.js';

export interface Stage {
  readonly bot: Pick<BotProcess, 'status'>;
  readonly slack: SlackSandbox;
  readonly zone: OnezoneSandbox;
  readonly transcript: Transcript;
}

type Name = (typeof people)[number]['name'];

/** Onezone may need a few attempts of the bot after an outage. */
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * A morning at the desk: a request, its approval, the effect in Onezone, the announcement, a refusal,
 * and an outage that heals. Everything is typed and pressed as people would; nothing is made up.
 */
export async function playConversation(stage: Stage): Promise<void> {
  const { transcript } = stage;
  transcript.scene('A researcher asks for access, a curator agrees');
  await request(stage, { who: 'lena', service: SERVICE, reason: 'PIDs for the survey of 2026' });
  await agreement(stage, 'lena');
  transcript.scene('A guest asks');
  await refusedGuest(stage);
  transcript.scene('Onezone is down, and comes back');
  await outage(stage);
}

/** The visitor registers one of their own in the tour of the page. */
const SERVICE = 'ePIC Göttingen';

async function request(
  stage: Stage,
  ask: { readonly who: Name; readonly service: string; readonly reason: string },
): Promise<void> {
  const { slack, transcript } = stage;
  const person = slack.as(idOf(ask.who));
  const said = slack.ephemerals(person.id).length;
  const command = `/handle request ${ask.service}`;
  transcript.types(ask.who, command);
  await person.types(command, { channel: channels.team.id });
  const isSaid = () => slack.ephemerals(person.id).length > said;
  await comes(stage, 'the form', () => person.modal !== null || isSaid());
  if (person.modal === null) throw new Error('the form did not open');
  transcript.aside(
    `the form opens with the service chosen; ${ask.who} leaves “Use” and “90 days” and writes “${ask.reason}”`,
  );
  await person.submits({ reason: ask.reason });
  const answered = () => person.modal?.callback_id === 'said';
  await comes(stage, 'the answer in the form', answered);
  await person.closes({ all: true });
}

async function agreement(stage: Stage, who: Name): Promise<void> {
  const { slack, zone, transcript } = stage;
  await comes(stage, 'the approvers’ message', () => waiting(stage) !== undefined);
  const message = waiting(stage);
  if (message === undefined) return;
  say(stage, `in #${channels.desk.name}`, message);
  const [told, asked] = [slack.messages(channels.team.id).length, zone.log.length];
  const outcome = () => slack.directMessages(idOf(who)).find(isGrant);
  transcript.aside('cora presses Approve, reads the effect once more, and confirms');
  await slack.as(idOf('cora')).clicks(message, 'request_approve');
  const announced = () => slack.messages(channels.team.id)[told];
  await comes(
    stage,
    'the announcement',
    () => announced() !== undefined && outcome() !== undefined,
  );
  transcript.calls(zone.log.slice(asked).filter(({ path }) => path.includes('/users/')));
  say(stage, `in #${channels.team.name}`, announced());
  say(stage, `to ${who}`, outcome());
}

async function refusedGuest(stage: Stage): Promise<void> {
  const { slack, transcript } = stage;
  const gwen = idOf('gwen');
  const before = slack.ephemerals(gwen).length;
  transcript.types('gwen', '/handle request ePIC');
  await slack.as(gwen).types('/handle request ePIC', { channel: channels.team.id });
  await comes(stage, 'the refusal', () => slack.ephemerals(gwen).length > before);
  say(stage, 'to gwen, seen by nobody else', slack.ephemerals(gwen).at(-1));
}

async function outage(stage: Stage): Promise<void> {
  const { slack, zone, transcript } = stage;
  transcript.aside('the cable of Onezone is pulled');
  zone.faults.add({ kind: 'reset-before' });
  await request(stage, { who: 'tom', service: 'ePIC Göttingen', reason: 'PIDs for the samples' });
  const kept = () => slack.directMessages(idOf('tom')).at(-1);
  await comes(stage, 'word that the request is kept', () => kept() !== undefined);
  say(stage, 'to tom', kept());
  transcript.aside('the cable is put back; nobody does anything else');
  zone.faults.clear();
  await agreement(stage, 'tom');
}

/** Until it is there; a bot that has ended brings nothing any more. */
function comes({ slack, bot }: Stage, what: string, isThere: () => boolean): Promise<void> {
  const look = (): boolean => {
    if (bot.status() !== 'running') throw new Error('the bot has ended');
    return isThere();
  };
  return slack.until(look, what, ANSWER_TIMEOUT_MS);
}

/** The approvers' newest message, once it has the buttons. */
function waiting({ slack }: Stage): SlackMessage | undefined {
  const message = slack.messages(channels.desk.id).at(-1);
  return JSON.stringify(message?.blocks ?? []).includes('request_approve') ? message : undefined;
}

const isGrant = ({ metadata }: SlackMessage): boolean =>
  /^notify:[^:]+:outcome:/.test(String(metadata?.event_payload['key']));

function say({ transcript }: Stage, where: string, message: SlackMessage | undefined): void {
  if (message !== undefined) transcript.desk(where, message);
}

const idOf = (name: Name): string => people.find((person) => person.name === name)?.id ?? '';
