import { touchables } from '../blockkit/touchables.js';
import { valueIn, valued, withValue } from '../blockkit/values.js';
import { viewClosedPayload } from '../payloads/view-closed.js';
import { viewSubmissionPayload, type ResponseUrlEntry } from '../payloads/view-submission.js';
import { newResponseUrl } from '../responses.js';
import type { View } from '../state.js';
import { newTrigger } from '../triggers.js';
import type { Choice, Delivery, Submission } from '../types.js';
import { clearViews, popView, putView, topOf } from '../views.js';
import { checkPresent, deliver, keep, type Actor } from './actor.js';
import { chosenValue } from './choice.js';
import { formErrors } from './form-check.js';
import { answerSubmission } from './submission-answer.js';

const trouble = 'We had some trouble connecting. Try again?';

/** Writes values into the modal on top; a key is a block_id or an action_id. */
export function fill(actor: Actor, values: Readonly<Record<string, Choice>>): void {
  checkPresent(actor);
  const filled = Object.entries(values).reduce((view, [key, choice]) => {
    const all = touchables(view.blocks).filter((one) => one.isInput);
    const found = all.find(({ blockId, actionId }) => blockId === key || actionId === key);
    if (found === undefined) {
      throw new Error(
        `This form has no ${key}; it has: ${all.map((one) => one.blockId).join(', ')}.`,
      );
    }
    const { blockId, actionId, element } = found;
    const value = chosenValue(element, choice, actor.offered.get(actionId) ?? []);
    const changed = withValue(view.values, { blockId, actionId }, valued(element, value));
    return { ...view, values: changed };
  }, openModal(actor));
  putView(actor.workspace, filled);
}

export async function submit(actor: Actor): Promise<Submission> {
  const { workspace, id: user } = actor;
  const view = putView(workspace, { ...openModal(actor), errors: {} });
  if (view.submit === null) throw new Error('This modal has no submit button.');
  const payload = viewSubmissionPayload(workspace, {
    view,
    triggerId: newTrigger(workspace, user, view.id),
    responseUrls: responseUrls(actor, view),
  });
  const parcel = { kind: 'view_submission' as const, name: view.callback_id, user, payload };
  const errors = formErrors(view);
  if (Object.keys(errors).length > 0) {
    putView(workspace, { ...view, errors });
    return { ...keep(actor, parcel, 'the form is not filled in'), errors };
  }
  const delivery = await deliver(actor, parcel, {
    accept: (answer) => answerSubmission(workspace, view, answer),
    trouble: () => trouble,
  });
  const refused = workspace.state.views[view.id]?.errors ?? {};
  return Object.keys(refused).length > 0 ? { ...delivery, errors: refused } : delivery;
}

/** Closing all of them tells the bot once, with `is_cleared`. */
export function close(actor: Actor, all: boolean): Promise<Delivery | null> {
  checkPresent(actor);
  const { workspace, id: user } = actor;
  const view = openModal(actor);
  const cleared = all || view.clear_on_close;
  const payload = viewClosedPayload(workspace, view, cleared);
  if (cleared) clearViews(workspace, user);
  else popView(workspace, user);
  if (!view.notify_on_close) return Promise.resolve(null);
  const parcel = { kind: 'view_closed' as const, name: view.callback_id, user, payload };
  return deliver(actor, parcel, { accept: () => null, trouble: () => trouble });
}

function openModal({ workspace, id }: Actor): View {
  const view = topOf(workspace, id);
  if (view === null) throw new Error(`${id} has no modal open.`);
  return view;
}

/** For selects of conversations with `response_url_enabled`. */
function responseUrls({ workspace, id: user }: Actor, view: View): readonly ResponseUrlEntry[] {
  return touchables(view.blocks).flatMap(({ blockId, actionId, element }) => {
    const channel = valueIn(element, view.values[blockId]?.[actionId]);
    if (element['response_url_enabled'] !== true || typeof channel !== 'string') return [];
    const url = newResponseUrl(workspace, { kind: 'action', user, channel, original: null });
    return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
  });
}
