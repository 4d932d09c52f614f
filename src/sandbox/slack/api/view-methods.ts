import { z } from 'zod';
import type { ViewDraft } from '../blockkit/shapes.js';
import { viewPayload } from '../payloads/view.js';
import type { View } from '../state.js';
import { exchangeTrigger } from '../triggers.js';
import { readDraft } from '../view-draft.js';
import {
  homeOf,
  maxStack,
  openView,
  publishHome,
  pushView,
  stackOf,
  updateView,
} from '../views.js';
import type { Workspace } from '../workspace.js';
import { ApiError, invalidArguments } from './api-error.js';
import { readArgs, type Call, type Methods } from './method.js';

const opening = z.object({ trigger_id: z.string(), view: z.unknown() });
const updating = z.object({
  view_id: z.string().optional(),
  external_id: z.string().optional(),
  hash: z.string().optional(),
  view: z.unknown(),
});
const publishing = z.object({
  user_id: z.string(),
  hash: z.string().optional(),
  view: z.unknown(),
});

export const viewMethods: Methods = {
  'views.open': { token: 'bot', scope: null, run: open },
  'views.push': { token: 'bot', scope: null, run: push },
  'views.update': { token: 'bot', scope: null, run: update },
  'views.publish': { token: 'bot', scope: null, run: publish },
};

function open(call: Call) {
  const { trigger_id: id, view } = readArgs(opening, call);
  const { workspace } = call;
  const draft = draftIn(workspace, view, { type: 'modal', replaces: null });
  return answer(workspace, openView(workspace, exchanged(workspace, id).user, draft));
}

function push(call: Call) {
  const { trigger_id: id, view } = readArgs(opening, call);
  const { workspace } = call;
  const draft = draftIn(workspace, view, { type: 'modal', replaces: null });
  const trigger = exchanged(workspace, id);
  const stack = stackOf(workspace, trigger.user);
  if (!stack.some((one) => one.id === trigger.view)) {
    throw new ApiError('not_found');
  }
  if (stack.length >= maxStack) throw new ApiError('push_limit_reached');
  return answer(workspace, pushView(workspace, trigger.user, draft));
}

function update(call: Call) {
  const { view_id: id, external_id: external, hash, view } = readArgs(updating, call);
  const { workspace } = call;
  if (id === undefined && external === undefined) {
    throw invalidArguments('must provide one of: view_id, external_id');
  }
  const known = Object.values(workspace.state.views).find((one) =>
    id === undefined ? one.external_id === external : one.id === id,
  );
  if (known === undefined) throw new ApiError('not_found');
  const draft = draftIn(workspace, view, { type: known.type, replaces: known.id });
  checkHash(known, hash);
  return answer(workspace, updateView(workspace, known, draft));
}

function publish(call: Call) {
  const { user_id: user, hash, view } = readArgs(publishing, call);
  const { workspace } = call;
  if (!workspace.manifest.homeTab) throw new ApiError('not_enabled');
  if (workspace.state.users[user] === undefined) throw invalidArguments('invalid `user_id`');
  const known = homeOf(workspace, user);
  const draft = draftIn(workspace, view, { type: 'home', replaces: known?.id ?? null });
  if (known !== null) checkHash(known, hash);
  return answer(workspace, publishHome(workspace, user, draft));
}

function exchanged(workspace: Workspace, id: string) {
  const trigger = exchangeTrigger(workspace, id);
  if (typeof trigger === 'string') throw new ApiError(trigger);
  return trigger;
}

function draftIn(
  workspace: Workspace,
  view: unknown,
  expect: { readonly type: 'modal' | 'home'; readonly replaces: string | null },
): ViewDraft {
  const reading = readDraft(workspace, view, expect);
  if (reading.ok) return reading.draft;
  const { error, messages } = reading;
  throw new ApiError(error, messages.length === 0 ? {} : { response_metadata: { messages } });
}

function checkHash(view: View, hash: string | undefined): void {
  if (hash !== undefined && hash !== view.hash) throw new ApiError('hash_conflict');
}

function answer(workspace: Workspace, view: View) {
  return { view: viewPayload(workspace, view) };
}
