import type { ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { TypedWords } from '../../changes/form.js';
import { actionIds } from '../../markup/actions.js';
import { mustMay } from '../../operations/authorize.js';
import type { SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import type { DirectoryUser } from '../../store/store.js';
import { LINK_FORM, linkForm, readLinkForm } from '../surfaces/forms/link-form.js';
import { onButton, type ReplyTarget, targetOf } from './answering.js';
import type { Desk, Register } from './desk.js';
import { openView } from './open-view.js';
import { ActionBody, SubmissionBody, valueOf } from './payloads.js';
import { submitView } from './submit-view.js';

/** What was typed, or what Slack knows of the person, searches at once; a single hit is filled in. */
export async function openLinkForm(
  desk: Desk,
  open: { readonly target: ReplyTarget; readonly trigger: string; readonly typed: TypedWords },
): Promise<void> {
  const { services } = desk;
  const { target, trigger, typed } = open;
  await mustMay(services, target.user, { action: 'link' });
  const [slack] = typed.people;
  const text = typed.rest;
  const onezone = await meant(services, slack, text);
  const values = {
    ...(slack === undefined ? {} : { slack }),
    ...(onezone === undefined ? {} : { onezone }),
  };
  const isNobody = text !== '' && onezone === undefined;
  const notice = isNobody ? `No single Onezone user matches “${text}”. Search below.` : undefined;
  const again = { action: actionIds.openLink, value: JSON.stringify(typed) };
  await openView(desk, { target, trigger, view: linkForm(values, notice), again });
}

/** The one Onezone user that is meant: the only one found, or the only one with the person's e-mail address. None when there are several. */
async function meant(
  { people }: Services,
  person: SlackUser | undefined,
  text: string,
): Promise<DirectoryUser | undefined> {
  if (person === undefined) return only(await people.search(text, 2));
  const found = await people.candidates({ person, text, limit: 5 });
  const byAddress = found.filter((candidate) => candidate.by === 'e-mail');
  return only(byAddress.map(({ user }) => user)) ?? only(found.map(({ user }) => user));
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

const Typed = z.object({ people: z.array(z.string()), rest: z.string() });

export const registerLinkForm: Register = (app, desk) => {
  app.action(actionIds.openLink, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const typed = Typed.parse(JSON.parse(valueOf(pressed)));
      const { trigger_id: trigger } = pressed;
      await openLinkForm(desk, { target: targetOf(pressed), trigger, typed });
    });
  });

  app.view<ViewSubmitAction>(LINK_FORM, async ({ ack, body }) => {
    const { view, user } = SubmissionBody.parse(body);
    const { slack, onezone } = readLinkForm(view.state);
    await submitView(desk, {
      name: 'form link',
      ack,
      submission: { kind: 'link', slack, onezone, by: user.id, view: view.id, channel: null },
      idempotencyKey: `${view.id}:${LINK_FORM}`,
      check: () => ({}),
    });
  });
};
