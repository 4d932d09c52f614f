import type { SlackChannel, SlackMessage, View } from '../slack/server.js';
import type { ReadMarks } from './read-marks.js';
import type { SeenMessages } from './seen-messages.js';
import type { ShownConversation, ShownMessage, ShownModal, ShownSlack } from './shown.js';
import type { World } from './world.js';

/** The sandbox has no pagination, unlike Slack. */
const MAX_MESSAGES = 100;

export interface Memory {
  readonly marks: ReadMarks;
  readonly seen: SeenMessages;
}

/** The workspace as one person sees it. */
export function showSlack(world: World, memory: Memory, as: string): ShownSlack {
  const { slack } = world;
  const home = slack.home(as);
  const stack = slack.state.stacks[as] ?? [];
  return {
    as,
    conversations: conversationsOf(world, as).map((channel) =>
      conversation(world, memory, channel, as),
    ),
    home: home === null ? null : { id: home.id, blocks: [...home.blocks], values: home.values },
    modals: stack.flatMap((id) => {
      const view = slack.state.views[id];
      return view === undefined ? [] : [modal(view)];
    }),
    unread: Object.fromEntries(world.people.map(({ id }) => [id, unreadOf(world, memory, id)])),
  };
}

/** The listed channels this person can see, then their direct message with the bot, if any. */
function conversationsOf({ slack, channels }: World, as: string): readonly SlackChannel[] {
  const all = slack.state.channels;
  const isGuest = slack.state.users[as]?.is_restricted ?? false;
  const listed = channels.flatMap((id) => {
    const channel = all[id];
    if (channel === undefined || channel.archived) return [];
    const open = channel.kind === 'public' && !isGuest;
    return open || channel.members.includes(as) ? [channel] : [];
  });
  const direct = Object.values(all).filter(
    (channel) => channel.kind === 'im' && channel.user === as,
  );
  return [...listed, ...direct];
}

export const startChannelOf = (world: World, as: string): string | null =>
  conversationsOf(world, as).find((channel) => channel.kind !== 'im')?.id ?? null;

/** Includes this person's ephemeral messages; oldest first. */
export function messagesIn({ slack }: World, channel: string, as: string): readonly SlackMessage[] {
  const own = slack.ephemerals(as).filter((message) => message.channel === channel);
  if (own.length === 0) return slack.messages(channel);
  // All timestamps have the same number of digits, so strings compare like numbers.
  return [...slack.messages(channel), ...own].sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

function conversation(
  world: World,
  { marks, seen }: Memory,
  channel: SlackChannel,
  as: string,
): ShownConversation {
  const { id, name, kind, members } = channel;
  const all = messagesIn(world, id, as);
  const own = new Set(world.slack.ephemerals(as).map((message) => message.ts));
  const shown = all.slice(-MAX_MESSAGES);
  for (const message of shown) seen.keep(message);
  return {
    id,
    name,
    kind,
    canPost: members.includes(as),
    unread: members.includes(as) ? marks.unread(as, id, all) : 0,
    messages: shown.map((slackMessage) => message(slackMessage, own.has(slackMessage.ts))),
  };
}

function unreadOf(world: World, { marks }: Memory, as: string): number {
  return conversationsOf(world, as)
    .filter((channel) => channel.members.includes(as))
    .reduce((sum, { id }) => sum + marks.unread(as, id, messagesIn(world, id, as)), 0);
}

function message(message: SlackMessage, onlyYou: boolean): ShownMessage {
  return {
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    bot: message.bot_id !== undefined,
    text: message.text,
    blocks: [...message.blocks],
    values: message.values ?? {},
    edited: message.edited?.ts ?? null,
    thread:
      message.thread_ts === undefined || message.thread_ts === message.ts
        ? null
        : message.thread_ts,
    onlyYou,
  };
}

/** Without `private_metadata`, which Slack shows to nobody. */
function modal({
  id,
  title,
  submit,
  close,
  callback_id,
  blocks,
  values,
  errors,
}: View): ShownModal {
  return {
    id,
    title,
    submit,
    close,
    callback: callback_id,
    blocks: [...blocks],
    values,
    errors: { ...errors },
  };
}
