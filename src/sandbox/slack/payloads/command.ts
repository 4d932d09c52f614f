import { userOf } from '../directory.js';
import type { SlackChannel } from '../state.js';
import type { Workspace } from '../workspace.js';
import { legacyToken } from './sender.js';

export interface TypedCommand {
  readonly user: string;
  readonly channel: SlackChannel;
  readonly command: string;
  readonly text: string;
  readonly responseUrl: string;
  readonly triggerId: string;
}

/** All values are strings: over HTTP this is a form. */
export function commandPayload(workspace: Workspace, typed: TypedCommand) {
  const { team, app } = workspace.state;
  const user = userOf(workspace, typed.user);
  return {
    token: legacyToken,
    team_id: user.team_id,
    team_domain: team.domain,
    channel_id: typed.channel.id,
    channel_name: channelName(typed.channel),
    user_id: user.id,
    user_name: user.name,
    command: typed.command,
    text: typed.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: typed.responseUrl,
    trigger_id: typed.triggerId,
  };
}

function channelName(channel: SlackChannel): string {
  switch (channel.kind) {
    case 'im':
      return 'directmessage';
    case 'private':
      return 'privategroup';
    case 'public':
      return channel.name;
  }
}
