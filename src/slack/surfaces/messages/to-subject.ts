import type { ToNotify } from '../../../chat.js';
import type { Document } from '../../../markup/parts.js';
import type { Request, Subject } from '../../../requests/request.js';
import type { About } from './about.js';

type ToPerson = Pick<ToNotify, 'person' | 'to'>;

/** What is said to those whom a request is about. The words are the change's; where it has none, nothing is said. */
export function welcome({ request, change, facts }: About, whom: ToPerson): Document | null {
  const subject = subjectOf(request, whom);
  return subject === null ? null : change.words.toSubject(request, subject, facts);
}

export function warning({ request, change }: About, whom: ToPerson): Document | null {
  const subject = subjectOf(request, whom);
  return subject === null ? null : (change.words.ending?.warning(request, subject) ?? null);
}

export function ended({ request, change }: About, whom: ToPerson): Document | null {
  const subject = subjectOf(request, whom);
  const isOwn = whom.person === null || whom.person === whom.to;
  return subject === null ? null : (change.words.ending?.ended(request, subject, isOwn) ?? null);
}

function subjectOf({ subjects }: Request, { person, to }: ToPerson): Subject | null {
  return subjects.find(({ slack }) => slack === (person ?? to)) ?? null;
}
