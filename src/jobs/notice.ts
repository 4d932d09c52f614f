import { z } from 'zod';
import { ChatError } from '../chat.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { retryChat } from './retry.js';

const Payload = z.object({ text: z.string() });

/** Tells the operators something that is about no request. Where the policy names no channel for them, the log has it. */
export async function noticeJob(services: Services, job: Job): Promise<void> {
  const { text } = Payload.parse(job.payload);
  const to = services.policy.current().notify.operators;
  if (to === null) return;
  try {
    await post(services, job, { text, to });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    if (error.kind !== 'never') throw retryChat(services, job, error);
    services.log.error({ to, code: error.code }, 'message refused by Slack');
    await services.store.audit.append({
      at: services.now(),
      who: 'bot',
      what: 'message failed',
      request: null,
      service: null,
      people: [],
      detail: { message: 'notice', to, code: error.code },
    });
  }
}

async function post(
  { chat, store }: Services,
  job: Job,
  { text, to }: { readonly text: string; readonly to: string },
): Promise<void> {
  const posted = await store.posts.get(job.key);
  const mayBeThere = job.attempt > 1;
  const { key, since } = job;
  const now = await chat.notify({ message: 'notice', text, to, posted, key, mayBeThere, since });
  if (now !== null) await store.posts.put(key, now);
}
