import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Facts } from '../../changes/facts.js';
import type { Services } from '../../services.js';
import type { AnswerAt } from '../transport/response-url.js';
import { createReplyUrls, type ReplyUrls } from './reply-urls.js';
import type { Safely } from './safely.js';
import { createWaitingForms, type WaitingForms } from './waiting-forms.js';

/** What every listener works with. */
export interface Desk {
  readonly services: Services;
  /** For what a person is waiting for. */
  readonly client: WebClient;
  readonly facts: () => Facts;
  readonly answerAt: AnswerAt;
  readonly safely: Safely;
  /** Where those are answered who pressed or typed something and wait. */
  readonly replyUrls: ReplyUrls;
  readonly waitingForms: WaitingForms;
}

export const createDesk = (parts: Omit<Desk, 'replyUrls' | 'waitingForms'>): Desk => ({
  ...parts,
  replyUrls: createReplyUrls(parts.services.now),
  waitingForms: createWaitingForms(),
});

export type Register = (app: App, desk: Desk) => void;
