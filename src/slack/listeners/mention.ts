import { mrkdwn } from '../../markup/markup.js';
import { EVENTS } from '../ids.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { drawMessage } from '../surfaces/render/whole.js';
import type { Register } from './desk.js';
import { Mention } from './payloads.js';

const HELP = mrkdwn`I listen to \`/handle\`. Type \`/handle help\` to see what you can do.`;

/** Named in a channel: says where to begin, to that person alone. */
export const registerMention: Register = (app, desk) => {
  const [, appMention] = EVENTS;
  app.event(appMention, async ({ event }) => {
    const { user, channel } = Mention.parse(event);
    if (user === undefined) return;
    const said = drawMessage(paragraphs(HELP));
    await desk.client.chat.postEphemeral({ channel, user, ...said });
  });
};
