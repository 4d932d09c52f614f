import type { Logger } from 'pino';
import type { Chat, GroupMembers, Profile } from '../../chat.js';
import { type Cache, createCache } from '../transport/cache.js';
import type { Clients } from '../transport/clients.js';
import { readGroupMembers } from '../transport/group-members.js';
import type { Installation } from '../transport/installation.js';
import { readOwnerOfEmail, readProfile } from '../transport/profile.js';
import type { Caller, SlackHealth } from './health.js';
import { createNotify, type NotifyOptions } from './notify.js';

export interface ChatOptions extends Clients {
  readonly render: NotifyOptions['render'];
  readonly installation: Pick<Installation, 'teamId' | 'botUserId'>;
  readonly health: SlackHealth;
  readonly log: Logger;
  readonly now: () => Date;
}

const MINUTE_MS = 60_000;
/** How many answers of Slack are kept in memory. */
const MAX_PROFILES = 20_000;
const MAX_GROUPS = 1000;

/** The rest of the bot's view of Slack. People are looked up for someone who waits, messages are jobs. */
export function createChat(options: ChatOptions): Omit<Chat, 'answer'> {
  const { installation, health } = options;
  const interactive = health.heeded(options.interactive);
  return {
    profile: createProfiles(interactive, options).get,
    groupMembers: createGroups(interactive, options).get,
    ownerOfEmail: (email) => readOwnerOfEmail(interactive, email),
    notify: createNotify({
      client: health.heeded(options.background),
      render: options.render,
      botUserId: installation.botUserId,
      log: options.log,
    }),
  };
}

function createProfiles(client: Caller, { installation, now }: ChatOptions): Cache<Profile | null> {
  return createCache({
    load: (user) => readProfile(client, user, installation.teamId),
    now,
    goodFor: 5 * MINUTE_MS,
    // During an outage of Slack a name and a time zone of an hour ago still serve.
    betterThanNothingFor: 60 * MINUTE_MS,
    most: MAX_PROFILES,
  });
}

function createGroups(client: Caller, { now }: ChatOptions): Cache<GroupMembers> {
  return createCache({
    load: (group) => readGroupMembers(client, group),
    now,
    goodFor: MINUTE_MS,
    // Roles come from groups: an old answer could give one back that was taken away.
    betterThanNothingFor: 0,
    most: MAX_GROUPS,
  });
}
