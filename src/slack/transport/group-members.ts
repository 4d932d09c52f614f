import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { GroupMembers } from '../../chat.js';
import { isAboutPermission, toChatError } from './chat-error.js';

/** Asks Slack who is in a user group. Throws `ChatError` where the same question may be answered later. */
export const readGroupMembers = async (
  client: Pick<WebClient, 'apiCall'>,
  group: string,
): Promise<GroupMembers> => {
  try {
    const answer = await client.apiCall('usergroups.users.list', { usergroup: group });
    return { users: GroupUsers.parse(answer).users, unreadable: null };
  } catch (error) {
    const failed = toChatError(error, { repeatable: true });
    const isForGood = failed.kind === 'never' || isAboutPermission(failed.code);
    if (isForGood) return { users: [], unreadable: failed.code };
    throw failed;
  }
};

const GroupUsers = z.object({ users: z.array(z.string()) });
