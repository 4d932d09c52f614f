import { z } from 'zod';
import { startChannelOf } from './show-slack.js';
import type { Directory } from './shown.js';
import type { World } from './world.js';

/** Everything that is the same for everyone: people, channels, commands. */
export function showDirectory(world: World): Directory {
  const { slack, manifest, people, channels } = world;
  const { team, app, users, usergroups } = slack.state;
  const { slash_commands: commands, shortcuts } = features.parse(manifest).features;
  return {
    team: team.name,
    bot: { user: app.botUserId, name: app.name },
    people: people.map(({ id, name, role, does }) => ({
      ...{ id, role, does },
      name: users[id]?.real_name ?? name,
      startChannel: startChannelOf(world, id),
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
    commands: commands.map((command) => ({
      command: command.command,
      description: command.description,
      hint: command.usage_hint,
    })),
    shortcuts: shortcuts
      .filter((shortcut) => shortcut.type === 'global')
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
