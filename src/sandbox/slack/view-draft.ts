import { worded } from './blockkit/check.js';
import { viewDraft, type ViewDraft } from './blockkit/shapes.js';
import type { Workspace } from './workspace.js';

/** Bytes of JSON a view may have. */
const maxViewSize = 250_000;

export type DraftReading =
  | { readonly ok: true; readonly draft: ViewDraft }
  | { readonly ok: false; readonly error: string; readonly messages: readonly string[] };

/** A view the bot sent, judged as Slack does; `replaces` is the view it is to take the place of. */
export function readDraft(
  workspace: Workspace,
  view: unknown,
  expect: { readonly type: 'modal' | 'home'; readonly replaces: string | null },
): DraftReading {
  if (Buffer.byteLength(JSON.stringify([view])) > maxViewSize) return refused('view_too_large');
  const problems = workspace.blockKit.view(view);
  if (problems.length > 0) {
    const lead = 'failed to match all allowed schemas [json-pointer:/view]';
    return refused('invalid_arguments', lead, ...problems.map(worded));
  }
  const draft = viewDraft.parse(view);
  if (draft.type !== expect.type) {
    return refused(
      'invalid_arguments',
      `view type must be ${expect.type} [json-pointer:/view/type]`,
    );
  }
  return isTaken(workspace, draft.external_id, expect.replaces)
    ? refused('duplicate_external_id')
    : { ok: true, draft };
}

function isTaken(workspace: Workspace, externalId: string, replaces: string | null): boolean {
  return (
    externalId !== '' &&
    Object.values(workspace.state.views).some(
      (view) => view.external_id === externalId && view.id !== replaces,
    )
  );
}

function refused(error: string, ...messages: readonly string[]): DraftReading {
  return { ok: false, error, messages: messages.map((message) => `[ERROR] ${message}`) };
}
