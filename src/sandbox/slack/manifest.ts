import { z } from 'zod';

/** What the sandbox takes from an app manifest. */
export interface AppManifest {
  readonly name: string | null;
  /** By command, with its slash. Null: whatever is typed is delivered. */
  readonly commands: Readonly<Record<string, { readonly escape: boolean }>> | null;
  /** Callback ids of global shortcuts. */
  readonly shortcuts: readonly string[] | null;
  /** Callback ids of shortcuts on messages. */
  readonly messageShortcuts: readonly string[] | null;
  readonly events: readonly string[] | null;
  readonly scopes: readonly string[] | null;
  readonly interactive: boolean;
  readonly homeTab: boolean;
  readonly messagesTab: boolean;
}

export function readManifest(manifest: unknown): AppManifest {
  if (manifest === undefined || manifest === null) return everything;
  const {
    display_information: about,
    features,
    oauth_config: oauth,
    settings,
  } = shape.parse(manifest);
  return {
    name: features.bot_user?.display_name ?? about.name,
    commands: Object.fromEntries(
      features.slash_commands.map((command) => [
        command.command,
        { escape: command.should_escape },
      ]),
    ),
    shortcuts: idsOf(features.shortcuts, 'global'),
    messageShortcuts: idsOf(features.shortcuts, 'message'),
    events: settings.event_subscriptions?.bot_events ?? [],
    scopes: oauth?.scopes?.bot ?? [],
    interactive: settings.interactivity?.is_enabled ?? false,
    homeTab: features.app_home?.home_tab_enabled ?? false,
    messagesTab: features.app_home?.messages_tab_enabled ?? false,
  };
}

const idsOf = (
  shortcuts: readonly { readonly type: string; readonly callback_id: string }[],
  type: 'global' | 'message',
): readonly string[] => shortcuts.filter((one) => one.type === type).map((one) => one.callback_id);

const everything: AppManifest = {
  name: null,
  commands: null,
  shortcuts: null,
  messageShortcuts: null,
  events: null,
  scopes: null,
  interactive: true,
  homeTab: true,
  messagesTab: true,
};

const shape = z.looseObject({
  display_information: z.looseObject({ name: z.string() }),
  features: z
    .looseObject({
      bot_user: z.looseObject({ display_name: z.string() }).optional(),
      app_home: z
        .looseObject({
          home_tab_enabled: z.boolean().default(false),
          messages_tab_enabled: z.boolean().default(false),
        })
        .optional(),
      slash_commands: z
        .array(z.looseObject({ command: z.string(), should_escape: z.boolean().default(false) }))
        .default([]),
      shortcuts: z.array(z.looseObject({ type: z.string(), callback_id: z.string() })).default([]),
    })
    .prefault({}),
  oauth_config: z
    .looseObject({ scopes: z.looseObject({ bot: z.array(z.string()).default([]) }).optional() })
    .optional(),
  settings: z
    .looseObject({
      event_subscriptions: z
        .looseObject({ bot_events: z.array(z.string()).default([]) })
        .optional(),
      interactivity: z.looseObject({ is_enabled: z.boolean().default(false) }).optional(),
    })
    .prefault({}),
});
