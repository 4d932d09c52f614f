import { channelOf, userOf } from '../directory.js';
import type { SlackMessage } from '../state.js';
import type { Workspace } from '../workspace.js';
import { messagePayload } from './message.js';
import { legacyToken } from './sender.js';

/** A global shortcut: no channel, no response_url. */
export function shortcutPayload(
  workspace: Workspace,
  used: { readonly user: string; readonly callbackId: string; readonly triggerId: string },
) {
  const { team } = workspace.state;
  const user = userOf(workspace, used.user);
  return {
    type: 'shortcut',
    token: legacyToken,
    action_ts: workspace.ts(),
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.name, team_id: user.team_id },
    is_enterprise_install: false,
    enterprise: null,
    callback_id: used.callbackId,
    trigger_id: used.triggerId,
  };
}

/** A shortcut on a message, which is in it with everything but metadata. */
export function messageActionPayload(
  workspace: Workspace,
  used: {
    readonly user: string;
    readonly callbackId: string;
    readonly message: SlackMessage;
    readonly triggerId: string;
    readonly responseUrl: string;
  },
) {
  const { message } = used;
  const channel = channelOf(workspace, message.channel);
  return {
    ...shortcutPayload(workspace, used),
    type: 'message_action',
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    message: messagePayload(workspace, message, { metadata: false }),
    message_ts: message.ts,
    response_url: used.responseUrl,
  };
}
