import type { Check } from '../check.js';
import { accounts } from './accounts.js';
import { approvers } from './approvers.js';
import { caveats } from './caveats.js';
import { certificate } from './certificate.js';
import { channels } from './channels.js';
import { clock } from './clock.js';
import { database } from './database.js';
import { handleServices } from './handle-services.js';
import { jobs } from './jobs.js';
import { members } from './members.js';
import { onezoneReached } from './onezone-reached.js';
import { privileges } from './privileges.js';
import { slackIntake } from './slack-intake.js';
import { slackScopes } from './slack-scopes.js';
import { slackToken } from './slack-token.js';
import { stuck } from './stuck.js';
import { tokenDays } from './token-days.js';

/** In the order of the screen. */
export const checks: readonly Check[] = [
  slackToken,
  slackScopes,
  slackIntake,
  clock,
  channels,
  members,
  approvers,
  accounts,
  onezoneReached,
  certificate,
  privileges,
  caveats,
  tokenDays,
  handleServices,
  database,
  jobs,
  stuck,
];
