import { userOf } from '../directory.js';
import type { Workspace } from '../workspace.js';

/** The legacy verification token, which nobody should look at but everybody receives. */
export const legacyToken = 'XXYYZZ';

/** Who did it and where, as interactions say it. Never with a top-level `name`: Bolt takes that for an options request. */
export function senderPayload(workspace: Workspace, userId: string) {
  const { team, app } = workspace.state;
  const user = userOf(workspace, userId);
  return {
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team_id },
    api_app_id: app.id,
    token: legacyToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}
