import type { Request } from '../requests/request.js';

/** What a click says it was. Listeners are registered under these. */
export const actionIds = {
  approve: 'request_approve',
  deny: 'request_deny',
  review: 'request_review',
  withdraw: 'request_withdraw',
  retry: 'request_retry',
  notMe: 'link_not_me',
  /** Opens the form in which somebody proves who they are in Onezone. */
  prove: 'link_me',
  openGrant: 'open_grant',
  openRegister: 'open_register',
  showService: 'show_service',
  showMine: 'show_mine',
  moreServices: 'services_more',
  howToPublish: 'how_to_publish',
  /** Only opens an address; Slack tells of the click all the same. */
  openOnezone: 'open_onezone',
} as const;

/** What *Approve*, *Deny* and *Review…* carry: the request, and the effect that was on the screen when they were pressed. */
export function decisionValue(request: Pick<Request, 'id' | 'effect'>): string {
  return `${request.id}:${request.effect ?? ''}`;
}

export function parseDecisionValue(value: string): {
  readonly request: string;
  readonly effect: string | null;
} {
  const [request = '', effect = ''] = value.split(':');
  return { request, effect: effect === '' ? null : effect };
}

/** What *Show more* carries. The search comes last because it may hold a colon. */
export function pageValue(page: { readonly offset: number; readonly text: string }): string {
  return `${page.offset}:${page.text}`;
}

export function parsePageValue(value: string): { readonly offset: number; readonly text: string } {
  const colon = value.indexOf(':');
  const offset = Number.parseInt(value.slice(0, colon === -1 ? undefined : colon), 10);
  const known = Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
  return { offset: known, text: colon === -1 ? '' : value.slice(colon + 1) };
}
