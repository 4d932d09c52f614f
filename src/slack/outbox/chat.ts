import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Chat, Notice, Profile, ToTell } from '../../chat.js';
import { createCache } from '../transport/cache.js';
import type { Clients } from '../transport/clients.js';
import { readGroupMembers } from '../transport/group-members.js';
import type { Installation } from '../transport/installation.js';
import type { Message } from '../surfaces/render/message.js';
import { readProfile } from '../transport/profile.js';
import { createTell } from './post.js';

export interface ChatOptions extends Clients {
  readonly render: (telling: ToTell | Notice) => Message;
  readonly installation: Pick<Installation, 'teamId' | 'botUserId'>;
  readonly log: Logger;
  readonly now: () => Date;
}

const minute = 60_000;

/** The rest of the bot's view of Slack. People are looked up for someone who waits, messages are jobs. */
export const createChat = (options: ChatOptions): Chat => {
  const { installation, now } = options;
  const profiles = createProfiles(options.interactive, installation.teamId, now);
  const groups = createCache<readonly string[]>({
    load: (group) => readGroupMembers(options.interactive, group),
    now,
    goodFor: minute,
    // Roles come from groups: an old answer could give one back that was taken away.
    betterThanNothingFor: 0,
    most: 1000,
  });
  return {
    profile: profiles.get,
    groupMembers: groups.get,
    tell: createTell({
      client: options.background,
      render: options.render,
      botUserId: installation.botUserId,
      log: options.log,
    }),
  };
};

const createProfiles = (client: WebClient, teamId: string, now: () => Date) =>
  createCache<Profile | null>({
    load: (user) => readProfile(client, user, teamId),
    now,
    goodFor: 5 * minute,
    // During an outage of Slack a name and a time zone of an hour ago still serve.
    betterThanNothingFor: 60 * minute,
    most: 20_000,
  });
