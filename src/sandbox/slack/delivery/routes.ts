import type { DeliveryKind } from '../types.js';

export interface Route {
  /** `form` as it is, `payload` as JSON in a form field of that name, `json` as a JSON body. */
  readonly body: 'form' | 'payload' | 'json';
  /** The type of a Socket Mode envelope. */
  readonly envelope: 'slash_commands' | 'interactive' | 'events_api';
  /** Whether Slack looks at the body of the acknowledgement. */
  readonly answers: boolean;
}

const interactive = { body: 'payload', envelope: 'interactive' } as const;
const event: Route = { body: 'json', envelope: 'events_api', answers: false };

/** How each kind of thing travels. */
export const routes: Readonly<Record<DeliveryKind, Route>> = {
  command: { body: 'form', envelope: 'slash_commands', answers: true },
  block_actions: { ...interactive, answers: false },
  block_suggestion: { ...interactive, answers: true },
  view_submission: { ...interactive, answers: true },
  view_closed: { ...interactive, answers: false },
  shortcut: { ...interactive, answers: false },
  event,
  message: event,
};
