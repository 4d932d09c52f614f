import { userOf } from '../directory.js';
import type { Workspace } from '../workspace.js';
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
