import type { Change } from '../../changes/change.js';
import { code, type Markup, mrkdwn } from '../../markup/markup.js';
import type { Document } from '../../markup/parts.js';
import { tooFewMayAgree } from '../../queries/who-may-agree.js';
import { peopleWords } from '../../changes/words.js';
import type { Request, SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { describeFault } from '../transport/fault.js';
import type { Desk } from './desk.js';
import { whomToAsk } from './whom-to-ask.js';

/** What is said in the form's place once the request is stored. */
export async function askedAnswer(desk: Desk, request: Request): Promise<Document> {
  const { services } = desk;
  const whom = await whomToAsk(desk, request.approval?.by ?? [], request);
  const change = services.changes.of(request);
  const isHopeless = await areTooFew(services, request);
  return paragraphs(
    whatNext(request, whom),
    ...(isHopeless ? [TOO_FEW] : []),
    ...warningsOf(change, request).map((warning) => mrkdwn`:warning: ${warning}`),
  );
}

const MAX_NAMED = 4;

function whatNext({ approval }: Request, whom: readonly SlackUser[]): Markup {
  if (approval === null) {
    return mrkdwn`It is being carried out. You’ll get a message as soon as Onezone has confirmed it.`;
  }
  const roles = approval.by.join(' or ');
  const to =
    whom.length === 0 ? mrkdwn`${roles}` : mrkdwn`${roles} (${peopleWords(whom, MAX_NAMED)})`;
  const needs = approval.count === 1 ? '' : ` It needs ${approval.count} agreements.`;
  return mrkdwn`Sent to ${to}.${needs} You’ll get a message. ${code('/handle requests')} shows where it stands; there you can also withdraw it.`;
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
