import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Profile } from '../../chat.js';
import type { Standing } from '../../requests/person.js';
import { toChatError } from './chat-error.js';

/** Asks Slack who a user is; null when Slack knows nobody of this id. Throws `ChatError`. */
export const readProfile = async (
  client: Pick<WebClient, 'apiCall'>,
  user: string,
  teamId: string,
): Promise<Profile | null> => {
  try {
    const { user: found } = UsersInfo.parse(await client.apiCall('users.info', { user }));
    return {
      id: found.id,
      standing: standingOf(found, teamId),
      name: found.profile.display_name || found.profile.real_name || found.name || found.id,
      email: found.profile.email || null,
      isEmailConfirmed: found.is_email_confirmed === true,
      timezone: found.tz || null,
    };
  } catch (error) {
    const failed = toChatError(error, { repeatable: true });
    if (['user_not_found', 'users_not_found', 'user_not_visible'].includes(failed.code))
      return null;
    throw failed;
  }
};

/** Null: nobody has it here. Throws `ChatError`. */
export const readOwnerOfEmail = async (
  client: Pick<WebClient, 'apiCall'>,
  email: string,
): Promise<string | null> => {
  try {
    const { user } = Found.parse(await client.apiCall('users.lookupByEmail', { email }));
    return user.id;
  } catch (error) {
    const failed = toChatError(error, { repeatable: true });
    if (failed.code === 'users_not_found') return null;
    throw failed;
  }
};

const Found = z.object({ user: z.object({ id: z.string() }) });
const text = z.string().nullish();
const flag = z.boolean().nullish();
const UsersInfo = z.object({
  user: z.object({
    id: z.string(),
    team_id: text,
    name: text,
    tz: text,
    deleted: flag,
    is_bot: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    is_email_confirmed: flag,
    /** In an Enterprise organisation: the workspaces this person belongs to. */
    enterprise_user: z.object({ teams: z.array(z.string()) }).nullish(),
    profile: z.object({ display_name: text, real_name: text, email: text }),
  }),
});
type SlackProfile = z.infer<typeof UsersInfo>['user'];

const standingOf = (found: SlackProfile, teamId: string): Standing => {
  if (found.deleted) return 'deactivated';
  if (found.is_bot || found.id === 'USLACKBOT') return 'bot';
  if (found.is_stranger || !isOurs(found, teamId)) return 'stranger';
  if (found.is_restricted || found.is_ultra_restricted) return 'guest';
  return 'member';
};

const isOurs = (found: SlackProfile, teamId: string): boolean =>
  found.team_id === teamId || (found.enterprise_user?.teams.includes(teamId) ?? false);
