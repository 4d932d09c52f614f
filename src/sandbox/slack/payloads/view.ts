import type { View } from '../state.js';
import type { Workspace } from '../workspace.js';

/** A view as it goes to the bot: in payloads and as the answer to views.open and its kin. */
export function viewPayload({ state }: Workspace, view: View) {
  return {
    id: view.id,
    team_id: state.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata,
    callback_id: view.callback_id,
    state: { values: view.values },
    hash: view.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clear_on_close,
    notify_on_close: view.notify_on_close,
    close: view.close,
    submit: view.submit,
    previous_view_id: view.previous_view_id,
    root_view_id: view.root_view_id,
    app_id: state.app.id,
    external_id: view.external_id,
    app_installed_team_id: state.team.id,
    bot_id: state.app.botId,
  };
}
