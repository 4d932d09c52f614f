import type { View } from '../state.js';
import type { Workspace } from '../workspace.js';
import { senderPayload } from './sender.js';
import { viewPayload } from './view.js';

export interface ResponseUrlEntry {
  readonly block_id: string;
  readonly action_id: string;
  readonly channel_id: string;
  readonly response_url: string;
}

export function viewSubmissionPayload(
  workspace: Workspace,
  submitted: {
    readonly view: View;
    readonly triggerId: string;
    readonly responseUrls: readonly ResponseUrlEntry[];
  },
) {
  const { view, triggerId, responseUrls } = submitted;
  return {
    type: 'view_submission',
    ...senderPayload(workspace, view.user),
    trigger_id: triggerId,
    view: viewPayload(workspace, view),
    response_urls: responseUrls,
  };
}
