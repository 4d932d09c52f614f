import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { toChatError } from './chat-error.js';

/** Asks Slack who is in a user group. One that is unknown, disabled or not in this workspace's plan has nobody. */
export const readGroupMembers = async (
  client: Pick<WebClient, 'apiCall'>,
  group: string,
): Promise<readonly string[]> => {
  try {
    const answer = await client.apiCall('usergroups.users.list', { usergroup: group });
    return GroupUsers.parse(answer).users;
  } catch (error) {
    const failed = toChatError(error, { repeatable: true });
    if (empty.includes(failed.code)) return [];
    throw failed;
  }
};

const GroupUsers = z.object({ users: z.array(z.string()) });

const empty = [
  'no_such_subteam',
  'subteam_not_found',
  'subteam_disabled',
  'plan_upgrade_required',
  'paid_teams_only',
];
