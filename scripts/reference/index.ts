import { cliPage } from './cli.js';
import { commandsPage } from './commands.js';
import { metricsPage } from './metrics.js';
import { policyPage } from './policy.js';
import { refusalsPage } from './refusals.js';
import { settingsPage } from './settings.js';
import { troublesPage } from './troubles.js';

/** Every page of the reference, by the name of its file. */
export const pages = async (): Promise<Readonly<Record<string, string>>> => ({
  'commands.md': commandsPage(),
  'settings.md': settingsPage(),
  'policy.md': policyPage(),
  'cli.md': cliPage(),
  'metrics.md': await metricsPage(),
  'refusals.md': refusalsPage(),
  'troubles.md': troublesPage(),
});
