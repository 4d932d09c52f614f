import { z } from 'zod';
import {
  deleteMessage,
  edited,
  makeMessage,
  messageAt,
  post,
  postEphemeral,
  replaceMessage,
  swapEphemeral,
  type MessageContent,
} from './conversation.js';
import { readContent } from './message-content.js';
import type { ResponseUrl } from './state.js';
import type { Workspace } from './workspace.js';

const maxUses = 5;
const lifetime = 30 * 60 * 1000;

const answerShape = z.looseObject({
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});
type AnswerShape = z.infer<typeof answerShape>;

export function newResponseUrl(
  workspace: Workspace,
  about: Pick<ResponseUrl, 'kind' | 'user' | 'channel' | 'original'>,
): string {
  const { state, origin } = workspace;
  const key = workspace.id('R');
  state.responseUrls[key] = { ...about, uses: 0, madeAt: workspace.now().toISOString() };
  return `${origin}/${about.kind}s/${state.team.id}/${key}`;
}

export interface ResponseReply {
  readonly status: number;
  readonly body: string;
}

/** What a POST to a response_url does: no token, five times, half an hour, also where the bot is no member. */
export function useResponseUrl(workspace: Workspace, key: string, body: unknown): ResponseReply {
  const url = workspace.state.responseUrls[key];
  if (url === undefined) return { status: 404, body: 'no_such_url' };
  if (workspace.now().getTime() - Date.parse(url.madeAt) > lifetime) {
    return { status: 404, body: 'expired_url' };
  }
  if (url.uses >= maxUses) return { status: 404, body: 'used_url' };
  const parsed = answerShape.safeParse(body);
  if (!parsed.success) return { status: 400, body: 'invalid_payload' };
  const error = carryOut(workspace, url, parsed.data);
  if (error !== null) return { status: 400, body: error };
  workspace.state.responseUrls[key] = { ...url, uses: url.uses + 1 };
  return { status: 200, body: 'ok' };
}

/** The message a bot puts into the acknowledgement of a command. Returns Slack's error, or null. */
export function answerCommand(
  workspace: Workspace,
  target: Pick<ResponseUrl, 'user' | 'channel'>,
  body: unknown,
): string | null {
  const parsed = answerShape.safeParse(body);
  if (!parsed.success) return 'invalid_payload';
  return carryOut(workspace, { ...target, original: null }, parsed.data);
}

type ReplyTarget = Pick<ResponseUrl, 'user' | 'channel' | 'original'>;

function carryOut(workspace: Workspace, target: ReplyTarget, answer: AnswerShape): string | null {
  if (answer.delete_original === true) {
    remove(workspace, target);
    return null;
  }
  const reading = readContent(workspace, answer);
  if (!reading.ok) return [reading.error, ...reading.messages].join(': ');
  // Without a word about it an answer to a click replaces what was clicked on.
  const replaces = answer.replace_original ?? answer.response_type === undefined;
  if (replaces && target.original !== null) {
    return replace(workspace, target, reading.content) ? null : 'message_not_found';
  }
  add(workspace, target, { answer, content: reading.content });
  return null;
}

function add(
  workspace: Workspace,
  target: ReplyTarget,
  given: { readonly answer: AnswerShape; readonly content: MessageContent },
): void {
  const { thread_ts: thread, response_type: type = 'ephemeral' } = given.answer;
  const author = { user: workspace.state.app.botUserId, bot: true };
  const message = makeMessage(
    workspace,
    { channel: target.channel, author },
    { ...given.content, ...(thread === undefined ? {} : { thread_ts: thread }) },
  );
  if (type === 'in_channel') post(workspace, message);
  else postEphemeral(workspace, target.user, message);
}

function replace(workspace: Workspace, target: ReplyTarget, content: MessageContent): boolean {
  const { original, user, channel } = target;
  if (original === null) return false;
  if (original.ephemeral) {
    const seen = workspace.state.ephemerals[user]?.find((one) => one.ts === original.ts);
    const by = seen === undefined ? [] : [edited(workspace, seen, { blocks: [], ...content })];
    return swapEphemeral(workspace, { user, ts: original.ts }, by);
  }
  const message = messageAt(workspace, channel, original.ts);
  if (message === null) return false;
  replaceMessage(workspace, edited(workspace, message, { blocks: [], ...content }));
  return true;
}

function remove(workspace: Workspace, { original, user, channel }: ReplyTarget): void {
  if (original === null) return;
  if (original.ephemeral) swapEphemeral(workspace, { user, ts: original.ts }, []);
  else deleteMessage(workspace, channel, original.ts);
}
