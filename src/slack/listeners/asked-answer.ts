import type { Change } from '../../changes/change.js';
import { bold, code, type Markup, mrkdwn } from '../../markup/markup.js';
import type { Document } from '../../markup/parts.js';
import { tooFewMayAgree } from '../../queries/who-may-agree.js';
import type { Request } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { describeFault } from '../transport/fault.js';

/** What is said in the form's place once the request is stored. */
export async function askedAnswer(services: Services, request: Request): Promise<Document> {
  const change = services.changes.of(request);
  const isHopeless = await areTooFew(services, request);
  return paragraphs(
    whatNext(request),
    ...(isHopeless ? [TOO_FEW] : []),
    ...warningsOf(change, request).map((warning) => mrkdwn`:warning: ${warning}`),
  );
}

function whatNext({ approval, id }: Request): Markup {
  if (approval === null) {
    return mrkdwn`${bold(id)} is being carried out. You get a message as soon as Onezone has confirmed it.`;
  }
  const count = approval.count === 1 ? 'one agreement' : `${approval.count} agreements`;
  return mrkdwn`${bold(id)} was sent to ${approval.by.join(' or ')}: it needs ${count}. You get a message when it is decided. ${code('/handle requests')} shows where it stands; there you can also withdraw it.`;
}

const TOO_FEW = mrkdwn`:warning: As things stand there are not enough people who may agree to it: whoever asks or gets access never counts. The operators are told.`;

/** Of what is about people the form has warned already. */
const warningsOf = ({ words }: Change, request: Request): readonly Markup[] =>
  request.subjects.length === 0 ? words.warnings(request) : [];

/** Slack is asked who has the roles; that it does not say is no reason to say nothing. */
async function areTooFew(services: Services, request: Request): Promise<boolean> {
  try {
    return await tooFewMayAgree(services, request);
  } catch (error) {
    services.log.warn({ fault: describeFault(error) }, 'cannot say how many may agree');
    return false;
  }
}
