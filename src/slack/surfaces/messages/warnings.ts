import { checkProxyEndpoint } from '../../../registrars/proxy-endpoint.js';
import { levelWords } from '../../../requests/level.js';
import type { Request } from '../../../requests/request.js';
import { type Markup, mrkdwn } from '../../../markup/markup.js';

export const PASSWORD_WARNING =
  'Every member of a handle service can read its registrar password through Onezone’s API.';

/** What an approver has to know before agreeing; the worst first. */
export function warningsOf(request: Request): readonly Markup[] {
  if (request.change === 'register') {
    const { warning } = checkProxyEndpoint(request.ask.proxyEndpoint);
    return warning === null ? [] : [mrkdwn`${warning}`];
  }
  const own = mrkdwn`With Own they can also ${levelWords.own.means}.`;
  return [mrkdwn`${PASSWORD_WARNING}`, ...(request.ask.level === 'own' ? [own] : [])];
}
