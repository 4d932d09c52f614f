import type { App } from '@slack/bolt';
import { registerCommands } from './commands.js';
import { registerDecisions } from './decisions.js';
import type { Desk, Register } from './desk.js';
import { registerGrantForm } from './grant.js';
import { registerHome } from './home.js';
import { registerLinkForm } from './link.js';
import { registerOptions } from './options.js';
import { registerRegisterForm } from './register.js';

const all: readonly Register[] = [
  registerCommands,
  registerDecisions,
  registerGrantForm,
  registerRegisterForm,
  registerLinkForm,
  registerOptions,
  registerHome,
];

/** Everything that Slack can bring in. */
export function registerListeners(app: App, desk: Desk): void {
  for (const register of all) register(app, desk);
}
