import { z } from 'zod';
import type { AckBody } from '../delivery/courier.js';
import { jsonIn } from '../json-in.js';
import type { View } from '../state.js';
import { readDraft, type DraftReading } from '../view-draft.js';
import { clearViews, maxStack, popView, pushView, putView, stackOf, updateView } from '../views.js';
import type { Workspace } from '../workspace.js';

const answerShape = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('clear') }),
  z.object({
    response_action: z.literal('errors'),
    errors: z
      .record(z.string(), z.string().min(1))
      .refine((errors) => Object.keys(errors).length > 0),
  }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
]);
type Answer = z.infer<typeof answerShape>;

/**
 * Does what the acknowledgement of a submission asks for; nothing at all closes the view.
 * Returns why Slack would not take it: the person then sees trouble, and the bot hears nothing.
 */
export function answerSubmission(
  workspace: Workspace,
  submitted: View,
  { body, isJson }: AckBody,
): string | null {
  const json = body === '' ? {} : jsonIn(body);
  if (JSON.stringify(json) === '{}') {
    close(workspace, submitted);
    return null;
  }
  if (!isJson) return 'the answer is not application/json';
  const parsed = answerShape.safeParse(json);
  if (!parsed.success) return 'this is no answer to a view_submission';
  // The bot may have updated the view before it answered.
  const view = workspace.state.views[submitted.id] ?? submitted;
  return carryOut(workspace, view, parsed.data);
}

function carryOut(workspace: Workspace, view: View, answer: Answer): string | null {
  switch (answer.response_action) {
    case 'clear':
      clearViews(workspace, view.user);
      return null;
    case 'errors':
      return showErrors(workspace, view, answer.errors);
    case 'update': {
      const reading = readDraft(workspace, answer.view, { type: 'modal', replaces: view.id });
      if (reading.ok) updateView(workspace, view, reading.draft);
      return reasonOf(reading);
    }
    case 'push': {
      if (stackOf(workspace, view.user).length >= maxStack) return 'push_limit_reached';
      const reading = readDraft(workspace, answer.view, { type: 'modal', replaces: null });
      if (reading.ok) pushView(workspace, view.user, reading.draft);
      return reasonOf(reading);
    }
  }
}

function showErrors(
  workspace: Workspace,
  view: View,
  errors: Readonly<Record<string, string>>,
): string | null {
  const inputs = view.blocks
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id);
  const stray = Object.keys(errors).filter((key) => !inputs.includes(key));
  if (stray.length > 0)
    return `errors for what is no input block of this view: ${stray.join(', ')}`;
  putView(workspace, { ...view, errors });
  return null;
}

function close(workspace: Workspace, view: View): void {
  const top = stackOf(workspace, view.user).at(-1);
  if (top?.id === view.id) popView(workspace, view.user);
}

function reasonOf(reading: DraftReading): string | null {
  return reading.ok ? null : [reading.error, ...reading.messages].join(' ');
}
