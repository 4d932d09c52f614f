import { tooFewMayAgree } from '../../queries/who-may-agree.js';
import type { Request } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { describeFault } from '../transport/fault.js';
import { saidView } from '../surfaces/forms/said.js';
import { section } from '../surfaces/render/blocks.js';
import { lines } from '../../markup/markup.js';
import { message } from '../surfaces/render/whole.js';
import { askedWords } from './asked-words.js';
import type { Desk } from './desk.js';
import type { SubmissionBody } from './payloads.js';
import { showOrTell } from './show-view.js';

/** The request is stored: said in the form's place, or where that cannot be drawn by direct message. */
export async function showAsked(
  desk: Desk,
  sent: Pick<SubmissionBody, 'user' | 'view'>,
  asked: { readonly title: string; readonly request: Request },
): Promise<void> {
  const { title, request } = asked;
  const words = askedWords(request, { tooFew: await areTooFew(desk.services, request) });
  await showOrTell(desk, sent, {
    view: saidView(title, ...words),
    otherwise: message(
      lines(words),
      words.map((it) => section(it)),
    ),
  });
}

/** Slack is asked who has the roles; that it does not say is no reason to say nothing. */
async function areTooFew(services: Services, request: Request): Promise<boolean> {
  try {
    return await tooFewMayAgree(services, request);
  } catch (error) {
    services.log.warn({ fault: describeFault(error) }, 'cannot say how many may agree');
    return false;
  }
}
