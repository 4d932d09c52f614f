import type { RegisterRequest } from '../../../requests/request.js';
import { code, type Markup, mrkdwn } from '../../../markup/markup.js';

/** What would be registered. The account is named, its user name and password are known to nobody here. */
export function registerFacts(request: RegisterRequest): readonly (readonly [string, Markup])[] {
  const { ask } = request;
  return [
    ['Name', mrkdwn`${ask.name}`],
    ['Registrar type', mrkdwn`${ask.registrar}`],
    ['Proxy endpoint', code(ask.proxyEndpoint)],
    ['Registrar account', mrkdwn`${code(ask.account)} (from the policy file)`],
    ...Object.entries(ask.properties)
      .filter(([name]) => !CREDENTIAL.test(name))
      .map(([name, value]) => [name, propertyWords(value)] as const),
  ];
}

/** No form asks for these; should one ever arrive here, it goes no further. */
const CREDENTIAL = /user_?name|pass|secret|token/i;

function propertyWords(value: string | boolean): Markup {
  if (typeof value === 'boolean') return value ? mrkdwn`yes` : mrkdwn`no`;
  return value.trim() === '' ? mrkdwn`(empty)` : code(value);
}
