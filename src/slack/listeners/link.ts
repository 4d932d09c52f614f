import type { SlackUser } from '../../requests/request.js';
import type { DirectoryUser } from '../../store/store.js';
import { mustMay } from '../../workflow.js';
import { LINK_FORM, linkForm, readLinkForm } from '../surfaces/forms/link-form.js';
import { saidView, workingView } from '../surfaces/forms/said.js';
import { section } from '../surfaces/render/blocks.js';
import { code, mrkdwn, mention } from '../../markup/markup.js';
import { message } from '../surfaces/render/whole.js';
import { apologyMessage } from './answering.js';
import type { Desk, Register } from './desk.js';
import type { OpenForm } from './grant.js';
import { SubmissionBody } from './payloads.js';
import { showOrTell } from './show-view.js';

const TITLE = 'Link a person';

/** What was typed, or what Slack knows of the person, searches at once; a single hit is filled in. */
export async function openLinkForm(
  desk: Desk,
  open: OpenForm<{ readonly slack?: SlackUser; readonly text: string }>,
): Promise<void> {
  await mustMay(desk.services, open.by, 'link');
  const { slack, text } = open.values;
  const onezone = await meant(desk, slack, text);
  const values = {
    ...(slack === undefined ? {} : { slack }),
    ...(onezone === undefined ? {} : { onezone }),
  };
  const nobody = text !== '' && onezone === undefined;
  const notice = nobody ? `No single Onezone user matches “${text}”. Search below.` : undefined;
  await desk.client.views.open({ trigger_id: open.trigger, view: linkForm(values, notice) });
}

/** The one Onezone user that is meant: the only one found, or the only one with the person's e-mail address. None when there are several. */
async function meant(
  { services }: Desk,
  person: SlackUser | undefined,
  text: string,
): Promise<DirectoryUser | undefined> {
  if (person === undefined) return only(await services.people.search(text, 2));
  const found = await services.people.candidates({ person, text, limit: 5 });
  const byAddress = found.filter((it) => it.by === 'e-mail');
  return only(byAddress.map((it) => it.user)) ?? only(found.map((it) => it.user));
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

export const registerLinkForm: Register = (app, desk) => {
  app.view(LINK_FORM, async ({ ack, body }) => {
    const sent = SubmissionBody.parse(body);
    const { slack, onezone } = readLinkForm(sent.view.state);
    await ack({ response_action: 'update', view: workingView(TITLE) });
    await desk.safely({
      name: 'form link',
      who: sent.user.id,
      work: async () => {
        const by = sent.user.id;
        await mustMay(desk.services, by, 'link');
        await desk.services.people.link({ slack, onezone, by, how: 'by hand' });
        const done = mrkdwn`${mention(slack)} is now linked to the Onezone user ${code(onezone)}.`;
        const otherwise = message(done, [section(done)]);
        await showOrTell(desk, sent, { view: saidView(TITLE, done), otherwise });
      },
      answer: async (apology) => {
        const known = await desk.services.store.directory.get(onezone).catch(() => null);
        const values = { slack, ...(known === null ? {} : { onezone: known }) };
        const view = linkForm(values, apology.text);
        await showOrTell(desk, sent, { view, otherwise: apologyMessage(apology) });
      },
    });
  });
};
