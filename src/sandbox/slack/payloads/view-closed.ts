import type { View } from '../state.js';
import type { Workspace } from '../workspace.js';
import { senderPayload } from './sender.js';
import { viewPayload } from './view.js';

/** Without trigger_id: nothing can be opened in answer to a closed view. */
export function viewClosedPayload(workspace: Workspace, view: View, isCleared: boolean) {
  return {
    type: 'view_closed',
    ...senderPayload(workspace, view.user),
    view: viewPayload(workspace, view),
    is_cleared: isCleared,
  };
}
