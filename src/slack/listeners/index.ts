import type { App } from '@slack/bolt';
import { registerCommands } from './commands.js';
import { registerConversation } from './conversation.js';
import { registerDecisions } from './decisions.js';
import type { Desk, Register } from './desk.js';
import { registerForms } from './forms.js';
import { registerHowToPublish } from './how-to-publish.js';
import { registerHome } from './home.js';
import { registerOffers } from './offers.js';
import { registerOptions } from './options.js';
import { registerProof } from './prove.js';
import { registerRequestButtons } from './request-buttons.js';
import { registerReshaping } from './reshape.js';

const all: readonly Register[] = [
  registerCommands,
  registerOffers,
  registerForms,
  registerReshaping,
  registerOptions,
  registerDecisions,
  registerRequestButtons,
  registerProof,
  registerHome,
  registerHowToPublish,
  registerConversation,
];

/** Everything that Slack can bring in. */
export function registerListeners(app: App, desk: Desk): void {
  for (const register of all) register(app, desk);
}
