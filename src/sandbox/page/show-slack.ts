import type { SlackChannel, SlackMessage, View } from '../slack/server.js';
import type { ReadMarks } from './read-marks.js';
import type { SeenMessages } from './seen-messages.js';
import type { ShownConversation, ShownMessage, ShownModal, ShownSlack } from './shown.js';
import type { World } from './world.js';

/** Slack loads older ones when one scrolls; a sandbox has no need to. */
const mostMessages = 100;

export interface Memory {
  readonly marks: ReadMarks;
  readonly seen: SeenMessages;
}

/** The workspace on the screen of one person. */
export function showSlack(world: World, memory: Memory, as: string): ShownSlack {
  const { slack } = world;
  const home = slack.home(as);
  const stack = slack.state.stacks[as] ?? [];
  return {
    as,
    conversations: conversationsOf(world, as).map((it) => conversation(world, memory, it, as)),
    home: home === null ? null : { id: home.id, blocks: [...home.blocks], values: home.values },
    modals: stack.flatMap((id) => {
      const view = slack.state.views[id];
      return view === undefined ? [] : [modal(view)];
    }),
    unread: Object.fromEntries(world.people.map(({ id }) => [id, unreadOf(world, memory, id)])),
  };
}

/** The listed channels this person can see, then the direct message with the bot, if it was ever opened. */
function conversationsOf({ slack, channels }: World, as: string): readonly SlackChannel[] {
  const all = slack.state.channels;
  const isGuest = slack.state.users[as]?.is_restricted ?? false;
  const listed = channels.flatMap((id) => {
    const channel = all[id];
    if (channel === undefined || channel.archived) return [];
    const open = channel.kind === 'public' && !isGuest;
    return open || channel.members.includes(as) ? [channel] : [];
  });
  const direct = Object.values(all).filter((it) => it.kind === 'im' && it.user === as);
  return [...listed, ...direct];
}

/** With those that only this person sees, oldest first. */
export function messagesIn({ slack }: World, channel: string, as: string): readonly SlackMessage[] {
  const own = slack.ephemerals(as).filter((it) => it.channel === channel);
  if (own.length === 0) return slack.messages(channel);
  // Timestamps count up through the whole sandbox, and all have the same number of digits.
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
  const own = new Set(world.slack.ephemerals(as).map((it) => it.ts));
  const shown = all.slice(-mostMessages);
  for (const it of shown) seen.keep(it);
  return {
    id,
    name,
    kind,
    canPost: members.includes(as),
    unread: members.includes(as) ? marks.unread(as, id, all) : 0,
    messages: shown.map((it) => message(it, own.has(it.ts))),
  };
}

function unreadOf(world: World, { marks }: Memory, as: string): number {
  return conversationsOf(world, as)
    .filter((it) => it.members.includes(as))
    .reduce((sum, { id }) => sum + marks.unread(as, id, messagesIn(world, id, as)), 0);
}

function message(it: SlackMessage, onlyYou: boolean): ShownMessage {
  return {
    channel: it.channel,
    ts: it.ts,
    user: it.user,
    bot: it.bot_id !== undefined,
    text: it.text,
    blocks: [...it.blocks],
    values: it.values ?? {},
    edited: it.edited?.ts ?? null,
    thread: it.thread_ts === undefined || it.thread_ts === it.ts ? null : it.thread_ts,
    onlyYou,
  };
}

/** Without `private_metadata`, which no client of Slack shows. */
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
