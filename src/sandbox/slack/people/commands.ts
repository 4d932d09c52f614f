import { edited, makeMessage, post, postEphemeral, replaceMessage } from '../conversation.js';
import { channelOf, openDirectChannel, userOf } from '../directory.js';
import { jsonIn } from '../json-in.js';
import { isRecord } from '../blockkit/walk.js';
import { commandPayload } from '../payloads/command.js';
import { appMention, messageChanged, messageEvent } from '../payloads/events.js';
import { answerCommand, newResponseUrl } from '../responses.js';
import type { SlackChannel, SlackMessage } from '../state.js';
import { newTrigger } from '../triggers.js';
import type { Delivery } from '../types.js';
import type { Workspace } from '../workspace.js';
import { checkPresent, deliver, keep, type Actor } from './actor.js';
import { escaped } from './spelling.js';

const slackbot = 'USLACKBOT';
const subscriptions = { im: 'message.im', public: 'message.channels', private: 'message.groups' };

export interface TypedIn {
  readonly channel?: string;
  readonly thread?: string;
}

/** A line typed into the message field: a command if it begins with a slash. */
export function type(actor: Actor, text: string, place: TypedIn): Promise<Delivery> {
  checkPresent(actor);
  const channel = place.channel === undefined ? usualChannel(actor) : visible(actor, place.channel);
  if (text.startsWith('/')) return command(actor, text, channel);
  const { thread } = place;
  return say(actor, text, { channel, ...(thread === undefined ? {} : { thread }) });
}

async function command(actor: Actor, line: string, channel: SlackChannel): Promise<Delivery> {
  const { workspace, id: user } = actor;
  const [name = '', ...words] = line.split(' ');
  const { commands } = workspace.manifest;
  const known = commands === null ? { escape: true } : commands[name];
  const typed = words.join(' ').trim();
  const text = known?.escape === true ? escaped(workspace.state, typed, 'command') : typed;
  const place = { user, channel: channel.id };
  const responseUrl = newResponseUrl(workspace, { ...place, kind: 'command', original: null });
  const triggerId = newTrigger(workspace, user);
  const typedCommand = { user, channel, command: name, text, responseUrl, triggerId };
  const payload = commandPayload(workspace, typedCommand);
  const parcel = { kind: 'command' as const, name, user, payload };
  if (known === undefined) {
    actor.trouble = `${name} is not a valid command.`;
    return keep(actor, parcel, 'no such command in the manifest');
  }
  const delivery = await deliver(actor, parcel, {
    accept: ({ body }) => {
      if (body === '') return null;
      const json = jsonIn(body);
      const answer = isRecord(json) ? json : { text: body };
      return Object.keys(answer).length === 0 ? null : answerCommand(workspace, place, answer);
    },
    trouble: ({ outcome }) =>
      `${name} failed with the error "${outcome === 'operation_timeout' ? outcome : 'dispatch_failed'}"`,
  });
  if (actor.trouble !== null) slackbotSays(workspace, place, actor.trouble);
  return delivery;
}

/** A message of a person; the bot hears of it as far as it has asked to. */
async function say(
  actor: Actor,
  text: string,
  place: { readonly channel: SlackChannel; readonly thread?: string },
): Promise<Delivery> {
  const { workspace, events, id: user } = actor;
  const { channel } = place;
  if (!channel.members.includes(user)) throw new Error(`${user} is not in #${channel.name}.`);
  const message = post(workspace, written(actor, text, place));
  const { botUserId } = workspace.state.app;
  const listens = channel.members.includes(botUserId);
  const mentioned = message.text.includes(`<@${botUserId}>`) && channel.kind !== 'im';
  const heard = listens && events.wants(subscriptions[channel.kind]);
  const called = listens && mentioned && events.wants('app_mention');
  const plain = heard ? events.send(messageEvent(workspace, message, channel), user) : null;
  const mention = called ? events.send(appMention(workspace, message), user) : null;
  const [first, second] = await Promise.all([plain, mention]);
  const parcel = { kind: 'message' as const, name: 'message', user, payload: { ...message } };
  return second ?? first ?? keep(actor, parcel, 'the app is not subscribed to this message');
}

/** Slack tells of an edit by a message about the message. */
export async function edit(actor: Actor, before: SlackMessage, text: string): Promise<Delivery> {
  const { workspace, events, id: user } = actor;
  checkPresent(actor);
  if (before.user !== user) throw new Error(`${user} did not write this message.`);
  const channel = channelOf(workspace, before.channel);
  const content = { text: escaped(workspace.state, text, 'message') };
  const after = replaceMessage(workspace, edited(workspace, before, content));
  const heard = events.wants(subscriptions[channel.kind]);
  if (heard) return events.send(messageChanged(workspace, { before, after, channel }), user);
  const parcel = { kind: 'message' as const, name: 'message', user, payload: { ...after } };
  return keep(actor, parcel, 'the app is not subscribed to this message');
}

function written(
  actor: Actor,
  text: string,
  place: { readonly channel: SlackChannel; readonly thread?: string },
): SlackMessage {
  const { workspace, id: user } = actor;
  const content = escaped(workspace.state, text, 'message');
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return makeMessage(
    workspace,
    { channel: place.channel.id, author: { user, bot: false } },
    {
      text: content,
      blocks: [{ type: 'rich_text', elements: [section] }],
      client_msg_id: workspace.id('msg-'),
      ...(userOf(workspace, user).is_bot ? { bot_id: `B${user.slice(1)}` } : {}),
      ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
    },
  );
}

function slackbotSays(
  workspace: Workspace,
  place: { readonly user: string; readonly channel: string },
  text: string,
): void {
  const author = { user: slackbot, bot: false };
  const message = makeMessage(workspace, { channel: place.channel, author }, { text });
  postEphemeral(workspace, place.user, message);
}

function usualChannel({ workspace, id }: Actor): SlackChannel {
  const all = Object.values(workspace.state.channels);
  const mine = all.find(
    (channel) => channel.kind !== 'im' && !channel.archived && channel.members.includes(id),
  );
  return mine ?? openDirectChannel(workspace, id);
}

function visible({ workspace, id }: Actor, channelId: string): SlackChannel {
  const channel = channelOf(workspace, channelId);
  if (channel.kind !== 'public' && !channel.members.includes(id)) {
    throw new Error(`${id} does not see the channel ${channelId}.`);
  }
  return channel;
}
