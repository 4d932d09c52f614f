import type { Courier } from '../delivery/courier.js';
import type { EventSender } from '../delivery/event-sender.js';
import { openDirectChannel, userOf } from '../directory.js';
import type { Person } from '../types.js';
import { homeOf, topOf } from '../views.js';
import type { Workspace } from '../workspace.js';
import { act, search } from './actions.js';
import type { Actor } from './actor.js';
import { openTab, useOnMessage, useShortcut } from './app-home.js';
import { edit, type } from './commands.js';
import { close, fill, submit } from './form.js';

/** Somebody of the workspace, to act as. */
export function createPerson(
  workspace: Workspace,
  id: string,
  ways: { readonly courier: Courier; readonly events: EventSender },
): Person {
  userOf(workspace, id);
  const actor: Actor = {
    id,
    workspace,
    ...ways,
    confirms: true,
    trouble: null,
    offered: new Map(),
  };
  return {
    id,
    get confirms() {
      return actor.confirms;
    },
    set confirms(answer) {
      actor.confirms = answer;
    },
    get modal() {
      return topOf(workspace, id);
    },
    get trouble() {
      return actor.trouble;
    },
    types: async (text, where = {}) => type(actor, text, where),
    clicks: async (on, actionId, choice = {}) => act(actor, on, { actionId, choice }),
    fills(values) {
      fill(actor, values);
    },
    picks: async (actionId, value) => act(actor, 'modal', { actionId, choice: { value } }),
    searches: async (actionId, text, on = 'modal') => search(actor, on, { actionId, text }),
    submits: async (values = {}) => {
      fill(actor, values);
      return submit(actor);
    },
    closes: async ({ all = false } = {}) => close(actor, all),
    async opensHome() {
      await openTab(actor, 'home');
      return homeOf(workspace, id);
    },
    opensMessages: async () => openTab(actor, 'messages'),
    uses: async (callbackId, on) =>
      on === undefined ? useShortcut(actor, callbackId) : useOnMessage(actor, callbackId, on),
    writesToBot: async (text, where = {}) =>
      type(actor, text, { channel: openDirectChannel(workspace, id).id, ...where }),
    edits: async (message, text) => edit(actor, message, text),
    mentionsBot: async (text, channel) => {
      const bot = userOf(workspace, workspace.state.app.botUserId).name;
      return type(actor, `@${bot} ${text}`, { channel });
    },
  };
}
