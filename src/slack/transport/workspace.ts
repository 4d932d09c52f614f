import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { ChatError } from '../../chat.js';
import type { Config } from '../../config.js';
import type { Channel, Group, Installation, Workspace } from '../../doctor/examined.js';
import { toChatError } from './chat-error.js';
import { readProfile } from './profile.js';
import { silentLogger } from './silent-logger.js';

/** A workspace to look at and to look things up in, by calls that change nothing. Throws `ChatError`. */
export interface WorkspaceLook extends Workspace {
  /** By name, with or without `#`, or by id. Private ones only where the bot is in. */
  readonly findChannel: (text: string) => Promise<Channel | null>;
  /** By user name or display name, with or without `@`, e-mail address or id. All that fit. */
  readonly findPeople: (text: string) => Promise<readonly Person[]>;
  /** By handle, with or without `@`, or by id. */
  readonly findGroup: (text: string) => Promise<Group | null>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

const TIMEOUT_MS = 10_000;

export function createWorkspaceLook(
  slack: Pick<Config['slack'], 'botToken' | 'apiUrl'>,
): WorkspaceLook {
  let date: Date | null = null;
  const client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: silentLogger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    timeout: TIMEOUT_MS,
    // The SDK keeps the scopes of an answer, but not its date.
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      date = dateOf(response.headers.get('date'));
      return response;
    },
  });
  const ask = async <T>(
    method: string,
    args: Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
  ): Promise<T> => {
    try {
      return schema.parse(await client.apiCall(method, args));
    } catch (error) {
      throw toChatError(error, { repeatable: true });
    }
  };
  const installation = async (): Promise<Installation & { readonly teamId: string }> => {
    const said = await ask('auth.test', {}, AuthTest);
    const { team, team_id: teamId, user: botName, response_metadata: metadata } = said;
    return { team, teamId, botName, scopes: metadata?.scopes ?? null, date };
  };
  let knownTeam: string | null = null;
  const teamOf = async (): Promise<string> => (knownTeam ??= (await installation()).teamId);
  const readGroups = async (): Promise<readonly Group[]> => {
    const args = { include_disabled: true, include_users: true };
    const { usergroups } = await ask('usergroups.list', args, Groups);
    return usergroups.map(({ date_delete: gone, users = [], ...group }) => ({
      ...{ id: group.id, handle: group.handle, users },
      disabled: gone !== undefined && gone !== 0,
    }));
  };
  const groups = onceFor(GROUPS_GOOD_FOR_MS, readGroups);
  const channel = async (id: string): Promise<Channel | null> => {
    const said = await ask('conversations.info', { channel: id }, ChannelInfo).catch(
      nullFor(['channel_not_found', 'method_not_supported_for_channel_type']),
    );
    return said === null ? null : toChannel(said.channel);
  };
  /** Page by page, until something is found. */
  const search = async <T>(
    method: string,
    args: Readonly<Record<string, unknown>>,
    pick: (page: unknown) => readonly T[],
  ): Promise<readonly T[]> => {
    let cursor = '';
    const found: T[] = [];
    do {
      const page = await ask(method, { ...args, limit: 200, cursor }, Page);
      found.push(...pick(page));
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    return found;
  };
  return {
    installation,
    channel,
    person: async (id) => {
      const profile = await readProfile(client, id, await teamOf());
      return profile === null ? null : { name: profile.name, standing: profile.standing };
    },
    group: async (id) => (await groups()).find((it) => it.id === id) ?? null,
    findChannel: async (text) => {
      const name = text.replace(/^#/, '');
      if (/^[CG][A-Z0-9]{2,20}$/.test(name)) return channel(name);
      const args = { types: 'public_channel,private_channel', exclude_archived: true };
      const all = await search('conversations.list', args, (page) =>
        Channels.parse(page).channels.filter((it) => it.name === name),
      );
      return all[0] === undefined ? null : toChannel(all[0]);
    },
    findPeople: async (text) => {
      const name = text.replace(/^@/, '');
      if (name.includes('@')) {
        const said = await ask('users.lookupByEmail', { email: name }, ByEmail).catch(
          nullFor(['users_not_found']),
        );
        return said === null ? [] : [toPerson(said.user)];
      }
      if (/^[UW][A-Z0-9]{2,20}$/.test(name)) {
        const profile = await readProfile(client, name, await teamOf());
        return profile === null ? [] : [{ id: profile.id, name: profile.name }];
      }
      const all = await search('users.list', {}, (page) =>
        Users.parse(page).members.filter((it) => isCalled(it, name.toLowerCase())),
      );
      return all.map(toPerson);
    },
    findGroup: async (text) => {
      const handle = text.replace(/^@/, '');
      return (await groups()).find((it) => [it.handle, it.id].includes(handle)) ?? null;
    },
  };
}

/** Slack gives all groups at once, and lets nobody ask often. */
const GROUPS_GOOD_FOR_MS = 5_000;

function onceFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let asked: { readonly answer: Promise<T>; readonly at: number } | null = null;
  return () => {
    const at = performance.now();
    if (asked === null || at - asked.at > ms) asked = { answer: ask(), at };
    return asked.answer;
  };
}

const nullFor =
  (codes: readonly string[]) =>
  (error: unknown): null => {
    if (error instanceof ChatError && codes.includes(error.code)) return null;
    throw error;
  };

const dateOf = (header: string | null): Date | null => {
  const date = new Date(header ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
};

const AuthTest = z.object({
  team: z.string(),
  team_id: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

const SomeChannel = z.object({
  id: z.string(),
  name: z.string().default('a direct message'),
  is_archived: z.boolean().default(false),
  is_member: z.boolean().default(false),
});
const ChannelInfo = z.object({ channel: SomeChannel });
const Channels = z.object({ channels: z.array(SomeChannel) });

const toChannel = ({ id, name, ...is }: z.infer<typeof SomeChannel>): Channel => ({
  ...{ id, name, archived: is.is_archived, member: is.is_member },
});

const SomeUser = z.object({
  id: z.string(),
  name: z.string().optional(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }),
});
type SomeUser = z.infer<typeof SomeUser>;
const Users = z.object({ members: z.array(SomeUser) });
const ByEmail = z.object({ user: SomeUser });

const isCalled = ({ name, deleted, is_bot: isBot, profile }: SomeUser, wanted: string): boolean =>
  !deleted &&
  !isBot &&
  [name, profile.display_name, profile.real_name].some((it) => it?.toLowerCase() === wanted);

const toPerson = ({ id, name, profile }: SomeUser): Person => ({
  id,
  name: profile.display_name || profile.real_name || name || id,
});

const Groups = z.object({
  usergroups: z.array(
    z.object({
      id: z.string(),
      handle: z.string(),
      date_delete: z.number().optional(),
      users: z.array(z.string()).optional(),
    }),
  ),
});

const Page = z.looseObject({
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
