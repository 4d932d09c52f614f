import type { SlackUser } from '../../../requests/request.js';
import { mention, mrkdwn } from '../../../markup/markup.js';
import { type Document, message, section } from '../../../markup/parts.js';

export function unlinkedAnswer(person: SlackUser, was: boolean): Document {
  const words = was
    ? mrkdwn`${mention(person)} is no longer linked to a Onezone user. Access that was given stays until its end.`
    : mrkdwn`${mention(person)} was not linked to a Onezone user.`;
  return message(words, [section(words)]);
}
