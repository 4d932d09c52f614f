import { type Markup, mention, mrkdwn } from '../markup/markup.js';
import type { Request, Status } from '../requests/request.js';
import type { Change } from './change.js';

/** One word or two for each state. The sign is only beside the word, never instead of it. */
const STATUS: Readonly<Record<Status | 'ended', { readonly sign: string; readonly word: string }>> =
  {
    pending: { sign: '⏳', word: 'Waiting for agreement' },
    approved: { sign: '👍', word: 'Approved' },
    'carrying out': { sign: '⚙️', word: 'Being carried out' },
    done: { sign: '✅', word: 'Done' },
    failed: { sign: '❌', word: 'Failed' },
    unclear: { sign: '❓', word: 'Unclear' },
    denied: { sign: '⛔', word: 'Denied' },
    withdrawn: { sign: '↩️', word: 'Withdrawn' },
    lapsed: { sign: '⌛', word: 'Lapsed' },
    ended: { sign: '🏁', word: 'Ended' },
  };

export function statusOf(request: Pick<Request, 'status' | 'subjects'>): {
  readonly sign: string;
  readonly word: string;
} {
  return STATUS[isEnded(request) ? 'ended' : request.status];
}

/** What it gave is over for everybody. */
export function isEnded({ status, subjects }: Pick<Request, 'status' | 'subjects'>): boolean {
  if (status === 'failed') return false;
  const kinds = subjects.map(({ outcome }) => outcome.kind);
  return kinds.includes('ended') && kinds.every((kind) => kind === 'ended' || kind === 'failed');
}

/** `<@U1> asks to let <@U2> use *DataCite* for 90 days`: who, what, for whom, how long. */
export function asking(request: Request, change: Change, verb: 'asks' | 'asked'): Markup {
  return mrkdwn`${mention(request.requester)} ${verb} to ${asWished(request, change)}`;
}

/** The same to the one who asked. */
export function youAsked(request: Request, change: Change): Markup {
  return mrkdwn`you asked to ${asWished(request, change)}`;
}

/** The change itself, as something to agree to: `let <@U2> use *DataCite* for 90 days`. */
export function changeWords(request: Request, change: Change): Markup {
  return change.words.wish(request);
}

function asWished(request: Request, { words }: Change): Markup {
  const isOwn = request.subjects.every(({ slack }) => slack === request.requester);
  return isOwn && words.ownWish !== undefined ? words.ownWish(request) : words.wish(request);
}

/** Roles as the policy names them. */
export const rolesWords = (roles: readonly string[]): string => roles.join(' or ') || 'nobody';
