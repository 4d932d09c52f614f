import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Services } from '../../services.js';
import type { Facts } from '../surfaces/messages/facts.js';
import type { AnswerAt } from '../transport/response-url.js';
import type { Safely } from './safely.js';

/** What every listener works with. */
export interface Desk {
  readonly services: Services;
  /** For what a person is waiting for. */
  readonly client: WebClient;
  readonly facts: () => Facts;
  readonly answerAt: AnswerAt;
  readonly safely: Safely;
}

export type Register = (app: App, desk: Desk) => void;
