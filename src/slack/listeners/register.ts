import type { ModalView } from '@slack/types';
import { checkRegisterAsk } from '../../changes/register/propose.js';
import { refusals } from '../../errors.js';
import type { RegisterAsk } from '../../requests/register-ask.js';
import { ask, decideAsk, mustMay } from '../../workflow.js';
import { saidView, workingView } from '../surfaces/forms/said.js';
import {
  readRegisterForm,
  REGISTER_FORM,
  registerBlockOf,
  registerForm,
  type RegisterFormValues,
  REGISTRAR_PICK,
  typedInto,
} from '../surfaces/forms/register-form.js';
import { sentence } from '../../markup/markup.js';
import type { Apology } from './safely.js';
import { apologyMessage } from './answering.js';
import type { Desk, Register } from './desk.js';
import type { OpenForm } from './grant.js';
import { ActionBody, SubmissionBody } from './payloads.js';
import { refreshHome } from './refresh-home.js';
import { ruleWords } from './rule-words.js';
import { showAsked } from './show-asked.js';
import { showOrTell } from './show-view.js';

const TITLE = 'Register a service';

export async function openRegisterForm(
  desk: Desk,
  open: OpenForm<RegisterFormValues>,
): Promise<void> {
  const { services } = desk;
  const actor = await mustMay(services, open.by, 'register');
  const accounts = accountsOf(desk);
  if (accounts.length === 0) throw refusals.noAccounts();
  const rule = ruleWords(decideAsk(services, actor, 'register', null));
  const notes = { rule, ...(open.notice === undefined ? {} : { notice: open.notice }) };
  const view = registerForm(accounts, open.values, notes);
  await desk.client.views.open({ trigger_id: open.trigger, view });
}

export const registerRegisterForm: Register = (app, desk) => {
  app.action(REGISTRAR_PICK, async ({ ack, body }) => {
    await ack();
    const { view, user } = ActionBody.parse(body);
    if (view === undefined) return;
    await desk.safely({
      name: 'registrar type',
      who: user.id,
      work: async () => {
        const actor = await desk.services.people.actor(user.id);
        const rule = ruleWords(decideAsk(desk.services, actor, 'register', null));
        const drawn = registerForm(accountsOf(desk), typedInto(view), { rule });
        // The hash makes Slack refuse a drawing that has been overtaken by a later choice.
        const hash = view.hash === undefined ? {} : { hash: view.hash };
        await desk.client.views.update({ view_id: view.id, view: drawn, ...hash });
      },
      answer: () => Promise.resolve(),
    });
  });

  app.view(REGISTER_FORM, async ({ ack, body }) => {
    const sent = SubmissionBody.parse(body);
    const typed = readRegisterForm(sent.view.state);
    const problems = checkRegisterAsk(typed);
    if (Object.keys(problems).length > 0) {
      await ack({ response_action: 'errors', errors: byBlock(typed, problems) });
      return;
    }
    await ack({ response_action: 'update', view: workingView(TITLE) });
    await desk.safely({
      name: 'form register',
      who: sent.user.id,
      work: () => send(desk, sent, typed),
      answer: (apology) =>
        showOrTell(desk, sent, {
          view: drawnAgain(accountsOf(desk), typedInto(sent.view), apology),
          otherwise: apologyMessage(apology),
        }),
    });
  });
};

async function send(desk: Desk, sent: SubmissionBody, values: RegisterAsk): Promise<void> {
  const by = sent.user.id;
  const delivery = sent.view.id;
  const request = await ask(desk.services, { change: 'register', values, by, delivery });
  await showAsked(desk, sent, { title: TITLE, request });
  await refreshHome(desk, by);
}

/** The form once more, with all that was typed and what is wrong with it. */
function drawnAgain(
  accounts: readonly string[],
  typed: RegisterFormValues,
  apology: Apology,
): ModalView {
  // The policy was exchanged meanwhile: a menu without a choice is no form that Slack would show.
  if (accounts.length === 0) return saidView(TITLE, sentence(apology.text));
  const fields = apology.kind === 'refusal' ? apology.refusal.fields : {};
  const notes = Object.keys(fields).length === 0 ? { notice: apology.text } : { problems: fields };
  return registerForm(accounts, typed, notes);
}

const accountsOf = ({ services }: Desk): readonly string[] =>
  Object.keys(services.policy.current().accounts);

const byBlock = (
  typed: RegisterAsk,
  problems: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(problems).map(([field, says]) => [
      registerBlockOf(typed.registrar, field),
      says,
    ]),
  );
