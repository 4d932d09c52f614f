import { ChatError, type Profile } from '../chat.js';
import { refusals } from '../errors.js';
import type { SlackUser } from '../requests/request.js';
import type { PeopleDeps } from './create-people.js';

export interface Freshness {
  readonly fresh?: boolean;
}

/** Throws `refusals.slackSilent` where Slack does not say who somebody is, and asking again may help. */
export async function profileOf(
  { chat }: PeopleDeps,
  user: SlackUser,
  options: Freshness = {},
): Promise<Profile | null> {
  try {
    return await chat.profile(user, options);
  } catch (error) {
    if (!(error instanceof ChatError) || error.kind === 'never') throw error;
    throw refusals.slackSilent('who everybody concerned is', { cause: error });
  }
}
