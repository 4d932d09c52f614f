import type { Workspace } from '../workspace.js';
import { legacyToken } from './sender.js';

export function eventCallbackPayload(
  workspace: Workspace,
  event: Readonly<Record<string, unknown>> & { readonly type: string },
) {
  const { team, app } = workspace.state;
  const eventId = workspace.id('Ev');
  return {
    token: legacyToken,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(workspace.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  };
}
