import type { SlackMessage } from '../state.js';
import { without } from '../without.js';
import type { Workspace } from '../workspace.js';

/** A message as Slack returns it. Metadata is for the apps that may see it. */
export function messagePayload(
  { state }: Workspace,
  message: SlackMessage,
  show: { readonly metadata: boolean },
) {
  const { metadata, bot_id: botId } = message;
  return {
    type: 'message',
    ...without(message, 'channel', 'values', 'metadata'),
    ...(botId === undefined ? {} : { app_id: state.app.id }),
    team: state.team.id,
    ...(show.metadata && metadata !== undefined ? { metadata } : {}),
  };
}
