import { z } from 'zod';
import type { Directory } from './shown.js';
import type { World } from './world.js';

/** Who and what there is, the same for everybody. */
export function showDirectory({ slack, manifest, people, channels }: World): Directory {
  const { team, app, users, usergroups } = slack.state;
  const { slash_commands: commands, shortcuts } = features.parse(manifest).features;
  return {
    team: team.name,
    bot: { user: app.botUserId, name: app.name },
    people: people.map(({ id, name, role, does }) => ({
      ...{ id, role, does },
      name: users[id]?.real_name ?? name,
    })),
    users: Object.values(users).map((user) => ({
      id: user.id,
      handle: user.name,
      name: user.real_name,
      bot: user.is_bot,
      guest: user.is_restricted,
      gone: user.deleted,
    })),
    groups: Object.values(usergroups).map(({ id, handle }) => ({ id, handle })),
    channels: channels.flatMap((id) => {
      const channel = slack.state.channels[id];
      return channel === undefined ? [] : [{ id, name: channel.name }];
    }),
    commands: commands.map((it) => ({
      command: it.command,
      description: it.description,
      hint: it.usage_hint,
    })),
    shortcuts: shortcuts
      .filter((it) => it.type === 'global')
      .map(({ callback_id: id, name, description }) => ({ id, name, description })),
  };
}

const features = z.looseObject({
  features: z
    .looseObject({
      slash_commands: z
        .array(
          z.looseObject({
            command: z.string(),
            description: z.string().default(''),
            usage_hint: z.string().default(''),
          }),
        )
        .default([]),
      shortcuts: z
        .array(
          z.looseObject({
            type: z.string(),
            callback_id: z.string(),
            name: z.string(),
            description: z.string().default(''),
          }),
        )
        .default([]),
    })
    .prefault({}),
});
