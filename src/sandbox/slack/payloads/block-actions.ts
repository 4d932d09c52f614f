import type { Touchable } from '../blockkit/touchables.js';
import { without } from '../without.js';
import type { Workspace } from '../workspace.js';
import { senderPayload } from './sender.js';
import { surfacePayload, type Surface } from './surface.js';

export interface UsedElement {
  readonly user: string;
  readonly surface: Surface;
  readonly touched: Touchable;
  /** What was chosen, under the element's own key: `{ selected_option: … }`. Empty for a button. */
  readonly chosen: Readonly<Record<string, unknown>>;
  readonly triggerId: string;
  /** Null where there is none: in a modal and on the Home tab. */
  readonly responseUrl: string | null;
}

export function blockActionsPayload(workspace: Workspace, used: UsedElement) {
  const { element, blockId, actionId } = used.touched;
  return {
    type: 'block_actions',
    ...senderPayload(workspace, used.user),
    trigger_id: used.triggerId,
    ...surfacePayload(workspace, used.surface),
    ...(used.responseUrl === null ? {} : { response_url: used.responseUrl }),
    actions: [
      {
        ...without(element, 'options', 'option_groups', 'confirm'),
        ...used.chosen,
        action_id: actionId,
        block_id: blockId,
        type: element.type,
        action_ts: workspace.ts(),
      },
    ],
  };
}
