import type { Touchable } from '../blockkit/touchables.js';
import type { Workspace } from '../workspace.js';
import { senderPayload } from './sender.js';
import { surfacePayload, type Surface } from './surface.js';

export function blockSuggestionPayload(
  workspace: Workspace,
  search: {
    readonly user: string;
    readonly surface: Surface;
    readonly touched: Touchable;
    readonly text: string;
  },
) {
  const { touched } = search;
  return {
    type: 'block_suggestion',
    ...senderPayload(workspace, search.user),
    ...surfacePayload(workspace, search.surface),
    action_id: touched.actionId,
    block_id: touched.blockId,
    value: search.text,
  };
}
