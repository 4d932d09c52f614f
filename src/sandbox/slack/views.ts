import { withIds } from './blockkit/ids.js';
import type { ViewDraft } from './blockkit/shapes.js';
import { completeValues } from './blockkit/values.js';
import type { View } from './state.js';
import type { Workspace } from './workspace.js';

export const maxStack = 3;

export function stackOf(workspace: Workspace, user: string): readonly View[] {
  return (workspace.state.stacks[user] ?? []).flatMap((id) => {
    const view = workspace.state.views[id];
    return view === undefined ? [] : [view];
  });
}

export function topOf(workspace: Workspace, user: string): View | null {
  return stackOf(workspace, user).at(-1) ?? null;
}

export function homeOf(workspace: Workspace, user: string): View | null {
  const id = workspace.state.homes[user];
  return id === undefined ? null : (workspace.state.views[id] ?? null);
}

/** Opens a first modal; whatever was open before goes without notice. */
export function openView(workspace: Workspace, user: string, draft: ViewDraft): View {
  drop(workspace, stackOf(workspace, user));
  workspace.state.stacks[user] = [];
  return pushView(workspace, user, draft);
}

export function pushView(workspace: Workspace, user: string, draft: ViewDraft): View {
  const { state } = workspace;
  const stack = stackOf(workspace, user);
  const id = workspace.id('V');
  const view = filled(workspace, draft, {
    id,
    user,
    previous_view_id: stack.at(-1)?.id ?? null,
    root_view_id: stack[0]?.id ?? id,
    values: {},
  });
  state.stacks[user] = [...stack.map((one) => one.id), id];
  return putView(workspace, view);
}

export function updateView(workspace: Workspace, view: View, draft: ViewDraft): View {
  return putView(workspace, filled(workspace, draft, view));
}

export function publishHome(workspace: Workspace, user: string, draft: ViewDraft): View {
  const known = homeOf(workspace, user);
  if (known !== null) return updateView(workspace, known, draft);
  const id = workspace.id('V');
  workspace.state.homes[user] = id;
  const place = { id, user, previous_view_id: null, root_view_id: id, values: {} };
  return putView(workspace, filled(workspace, draft, place));
}

export function putView(workspace: Workspace, view: View): View {
  workspace.state.views[view.id] = view;
  workspace.tell({ type: view.type, user: view.user });
  return view;
}

export function popView(workspace: Workspace, user: string): void {
  const stack = stackOf(workspace, user);
  workspace.state.stacks[user] = stack.slice(0, -1).map((view) => view.id);
  drop(workspace, stack.slice(-1));
  workspace.tell({ type: 'modal', user });
}

export function clearViews(workspace: Workspace, user: string): void {
  const stack = stackOf(workspace, user);
  workspace.state.stacks[user] = [];
  drop(workspace, stack);
  workspace.tell({ type: 'modal', user });
}

function drop(workspace: Workspace, views: readonly View[]): void {
  for (const view of views) Reflect.deleteProperty(workspace.state.views, view.id);
}

function filled(
  workspace: Workspace,
  draft: ViewDraft,
  place: Pick<View, 'id' | 'user' | 'previous_view_id' | 'root_view_id' | 'values'>,
): View {
  const blocks = withIds(workspace, draft.blocks);
  return {
    id: place.id,
    user: place.user,
    type: draft.type,
    hash: `${Math.floor(workspace.now().getTime() / 1000)}.${workspace.id('')}`,
    title: draft.title ?? null,
    submit: draft.submit ?? null,
    close: draft.close ?? null,
    callback_id: draft.callback_id,
    private_metadata: draft.private_metadata,
    external_id: draft.external_id,
    clear_on_close: draft.clear_on_close,
    notify_on_close: draft.notify_on_close,
    blocks,
    values: completeValues(blocks, place.values),
    previous_view_id: place.previous_view_id,
    root_view_id: place.root_view_id,
    errors: {},
  };
}
