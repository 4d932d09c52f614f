import type { SlackUser } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { section } from '../render/blocks.js';
import { mention, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';

export function unlinkedAnswer(person: SlackUser, was: boolean): Message {
  const words = was
    ? mrkdwn`${mention(person)} is no longer linked to a Onezone user. Access that was given stays until its end.`
    : mrkdwn`${mention(person)} was not linked to a Onezone user.`;
  return message(words, [section(words)]);
}
