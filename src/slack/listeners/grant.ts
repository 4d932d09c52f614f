import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { checkGrantAsk } from '../../changes/grant/check.js';
import type { SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { ask, decideAsk, mustMay } from '../../workflow.js';
import {
  blockOf,
  GRANT_FORM,
  grantForm,
  type GrantFormNotes,
  type GrantFormValues,
  readGrantForm,
} from '../surfaces/forms/grant-form.js';
import { workingView } from '../surfaces/forms/said.js';
import { describeFault } from '../transport/fault.js';
import type { Apology } from './safely.js';
import { apologyMessage } from './answering.js';
import type { Desk, Register } from './desk.js';
import { SubmissionBody } from './payloads.js';
import { refreshHome } from './refresh-home.js';
import { ruleWords } from './rule-words.js';
import { showAsked } from './show-asked.js';
import { showOrTell } from './show-view.js';

const TITLE = 'Request access';

/** Who wants the form, what Slack opens it with, and what it starts with. */
export interface OpenForm<V> {
  readonly by: SlackUser;
  readonly trigger: string;
  readonly values: V;
  readonly notice?: string;
}

/** Opens the form in one call to Slack, for those who may ask at all. */
export async function openGrantForm(desk: Desk, open: OpenForm<GrantFormValues>): Promise<void> {
  const { services } = desk;
  const actor = await mustMay(services, open.by, 'grant');
  const rule = ruleWords(decideAsk(services, actor, 'grant', open.values.service ?? null));
  const values = { people: [open.by], ...open.values };
  const notes = { rule, ...(open.notice === undefined ? {} : { notice: open.notice }) };
  const view = grantForm(services.policy.current().grants, values, notes);
  await desk.client.views.open({ trigger_id: open.trigger, view });
}

export const registerGrantForm: Register = (app, desk) => {
  app.view(GRANT_FORM, async ({ ack, body }) => {
    const sent = SubmissionBody.parse(body);
    const form = readGrantForm(sent.view.state);
    const problems = await checkGrantAsk(desk.services, form.ask);
    if (Object.keys(problems).length > 0) {
      await ack({ response_action: 'errors', errors: byBlock(form.values, problems) });
      return;
    }
    await ack({ response_action: 'update', view: workingView(TITLE) });
    await desk.safely({
      name: 'form grant',
      who: sent.user.id,
      work: () => send(desk, sent, form),
      answer: async (apology) => {
        const view = await drawnAgain(desk, form, { apology, by: sent.user.id });
        await showOrTell(desk, sent, { view, otherwise: apologyMessage(apology) });
      },
    });
  });
};

type Form = ReturnType<typeof readGrantForm>;

async function send(desk: Desk, sent: SubmissionBody, form: Form): Promise<void> {
  const by = sent.user.id;
  if (form.confirmed) await confirm(desk.services, by, { sent, form });
  const delivery = sent.view.id;
  const request = await ask(desk.services, { change: 'grant', values: form.ask, by, delivery });
  await showAsked(desk, sent, { title: TITLE, request });
  await refreshHome(desk, by);
}

const byBlock = (
  values: GrantFormValues,
  problems: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(problems).map(([field, says]) => [blockOf(field, values), says]),
  );

/** The form once more, with all that was typed and what is wrong with it. */
async function drawnAgain(
  { services }: Desk,
  form: Form,
  refused: { readonly apology: Apology; readonly by: SlackUser },
): Promise<ModalView> {
  const { apology, by } = refused;
  const notes: GrantFormNotes =
    apology.kind === 'fault' || Object.keys(apology.refusal.fields).length === 0
      ? { notice: apology.text }
      : { problems: apology.refusal.fields };
  const onlyProposed = apology.kind === 'refusal' && apology.refusal.code === 'onlyProposed';
  const confirm = onlyProposed
    ? await toConfirm(services, by, form.values.people ?? []).catch((error: unknown) => {
        // Without the tick it says what to do instead; without the form all that was typed would be gone.
        services.log.warn({ fault: describeFault(error) }, 'nobody can be confirmed in the form');
        return undefined;
      })
    : undefined;
  return grantForm(
    services.policy.current().grants,
    form.values,
    confirm === undefined ? notes : { confirm },
  );
}

/**
 * People whom only an e-mail address connects to a Onezone user, where nobody else would look at it: whoever may link can confirm
 * it in the form. Nothing for everyone else.
 */
async function toConfirm(
  services: Services,
  by: SlackUser,
  people: readonly SlackUser[],
): Promise<NonNullable<GrantFormNotes['confirm']> | undefined> {
  const actor = await services.people.actor(by);
  if (decideAsk(services, actor, 'link', null).kind !== 'allowed') return undefined;
  const found = await Promise.all(
    people.map(async (slack) => {
      const said = await services.people.identify(slack);
      const profile = await services.chat.profile(slack);
      const proposed =
        said.kind === 'known' && said.identity.by === 'proposed' ? said.identity : null;
      return { slack, name: profile?.name ?? slack, proposed };
    }),
  );
  const proposed = found.flatMap(({ proposed: it, ...rest }) =>
    it === null ? [] : [{ ...rest, it }],
  );
  return {
    pairs: proposed.map(({ slack, it }) => `${slack}:${it.onezone}`),
    says: `By e-mail address: ${proposed.map(({ name, it }) => `${name} is ${it.name} (${it.username ?? it.onezone}) in Onezone`).join('; ')}.`,
  };
}

const Metadata = z.object({ confirm: z.array(z.string()) });

/** Whoever ticked the box links these people, if they may; not those whom they took out of the form again. */
async function confirm(
  services: Services,
  by: SlackUser,
  { sent, form }: { readonly sent: SubmissionBody; readonly form: Form },
): Promise<void> {
  const { confirm: pairs } = Metadata.parse(JSON.parse(sent.view.private_metadata));
  const chosen = pairs
    .map((it) => it.split(':'))
    .filter(([slack = '']) => form.values.people?.includes(slack));
  if (chosen.length > 0) await mustMay(services, by, 'link');
  for (const [slack = '', onezone = ''] of chosen) {
    await services.people.link({ slack, onezone, by, how: 'by hand' });
  }
}
