import type { ViewSubmitAction } from '@slack/bolt';
import type { Change } from '../../changes/change.js';
import { cleanText } from '../../markup/clean.js';
import { codePoints } from '../../markup/cut.js';
import type { SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { changeOfCallback, FORM_CALLBACK, REASON } from '../surfaces/forms/form-ids.js';
import { type FilledForm, readForm } from '../surfaces/forms/read-form.js';
import { limits } from '../surfaces/render/limits.js';
import { byField } from './by-field.js';
import type { Register } from './desk.js';
import { SubmissionBody } from './payloads.js';
import { submitView } from './submit-view.js';

/** The form of any change, sent. */
export const registerForms: Register = (app, desk) => {
  app.view<ViewSubmitAction>(FORM_CALLBACK, async ({ ack, body }) => {
    const { view, user } = SubmissionBody.parse(body);
    const change = changeNamed(desk.services, changeOfCallback(view.callback_id));
    const filled = readForm(view);
    const { values, reason, confirm } = filled;
    await submitView(desk, {
      name: `form ${change.name}`,
      ack,
      submission: {
        kind: 'ask',
        change: change.name,
        values,
        reason,
        confirm,
        by: user.id,
        view: view.id,
        channel: null,
      },
      // With the person: nobody can send another’s form before them.
      idempotencyKey: `${user.id}:${view.id}`,
      check: () => errorsIn(desk.services, { change, filled, by: user.id }),
    });
  });
};

function changeNamed({ changes }: Services, name: string | null): Change {
  const change = name === null ? null : changes.named(name);
  if (change === null) throw new Error(`This version has no form “${name ?? ''}”.`);
  return change;
}

/** What can be said from policy and store, below the blocks that are there. */
async function errorsIn(
  services: Services,
  sent: { readonly change: Change; readonly filled: FilledForm; readonly by: SlackUser },
): Promise<Readonly<Record<string, string>>> {
  const { change, filled, by } = sent;
  const { values, blocks } = filled;
  const actor = await services.people.actor(by);
  const problems = await change.check(services, change.form.toAsk(values), actor);
  const errors = { ...byField(change, values, problems), ...reasonProblem(change, filled.reason) };
  // Slack shows no error below a block that it does not have.
  const place = (block: string): string => (blocks.includes(block) ? block : (blocks[0] ?? block));
  return Object.fromEntries(Object.entries(errors).map(([block, says]) => [place(block), says]));
}

function reasonProblem(
  { reason: asked }: Change,
  reason: string,
): Readonly<Record<string, string>> {
  if (asked === null) return {};
  if (cleanText(reason) === '' && !asked.optional) {
    return { [REASON]: 'Say why: the approvers decide by it.' };
  }
  return codePoints(reason) > limits.inputText
    ? { [REASON]: `Use at most ${limits.inputText} characters.` }
    : {};
}
