import { bold, code, type Markup, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { list, preformatted, section } from '../../markup/parts.js';
import { serviceOf } from '../../requests/request.js';
import { addressWords } from '../address-words.js';
import type { Words } from '../change.js';
import type { RegisterRequest } from './ask.js';
import { warningsOf } from './check.js';

export const registerWords: Words<RegisterRequest> = {
  wish,
  effect: (request) => ({ facts: registerFacts(request), common: null, lines: [] }),
  warnings,
  underWay: () => mrkdwn`Onezone is being asked to register it.`,
  result: (request) => {
    const service = serviceOf(request);
    return service === null || request.status !== 'done'
      ? []
      : [
          mrkdwn`Registered as ${bold(service.name)}, read back from Onezone. Its id: ${code(service.id)}`,
        ];
  },
  done: (request) => {
    const { id = '', name = request.ask.name } = serviceOf(request) ?? {};
    const said = warnings(request);
    const next = mrkdwn`Nobody is a member of it yet. Next: give people access.`;
    return {
      headline: mrkdwn`${bold('Registered:')} ${bold(name)} is now a handle service in Onezone.`,
      parts: [
        section(mrkdwn`Its id in Onezone:`),
        preformatted(id),
        ...(said.length === 0 ? [] : [list(bold('Mind'), said)]),
        section(next),
      ],
      spoken: [mrkdwn`Its id: ${code(id)}`, ...said, next],
      buttons: [
        openButton('grant', {
          text: 'Grant access',
          says: `Grant access to ${name}`,
          style: 'primary',
          values: serviceValue(request.service),
        }),
      ],
    };
  },
  toSubject: () => null,
  announcement: () => null,
  again: '/handle register',
};

function wish({ ask }: RegisterRequest): Markup {
  return mrkdwn`register the ${ask.registrar} handle service ${bold(ask.name)}`;
}

function warnings({ ask }: RegisterRequest): readonly Markup[] {
  return warningsOf(ask).map((warning) => mrkdwn`${warning}`);
}

/** What would be registered, to the character, so as code: nothing in it is markup. The account is named, its user name and password are known to nobody here. */
function registerFacts({ ask }: RegisterRequest): readonly (readonly [string, Markup])[] {
  return [
    ['Name', code(ask.name)],
    ['Registrar type', mrkdwn`${ask.registrar}`],
    ['Proxy endpoint', addressWords(ask.proxyEndpoint)],
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
  return value.trim() === '' ? mrkdwn`(empty)` : addressWords(value);
}
