import { bold, code, type Markup, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { list, section } from '../../markup/parts.js';
import { serviceOf } from '../../requests/request.js';
import { addressWords } from '../address-words.js';
import type { Words } from '../change.js';
import type { RegisterRequest } from './ask.js';
import { warningsOf } from './check.js';

export const registerWords: Words<RegisterRequest> = {
  wish,
  /** All of it: the registrar’s password is sent to these addresses. */
  brief: (request) => registerFacts(request).map(([name, value]) => mrkdwn`${bold(name)} ${value}`),
  effect: (request) => ({ facts: registerFacts(request), lines: [] }),
  warnings,
  underWay: () => mrkdwn`Onezone is being asked to register it.`,
  after: (request) => mrkdwn`${bold(nameOf(request))} is registered in Onezone`,
  notable: () => [],
  result: (request) => {
    const service = serviceOf(request);
    return service === null || request.status !== 'done'
      ? []
      : [
          mrkdwn`Registered as ${bold(service.name)}, read back from Onezone. Its id: ${code(service.id)}`,
        ];
  },
  done: (request) => {
    const name = nameOf(request);
    const { id = '' } = serviceOf(request) ?? {};
    const said = warnings(request);
    const next = mrkdwn`Nobody is a member of it yet. Next: give people access.`;
    return {
      headline: mrkdwn`${bold(name)} is now a handle service in Onezone`,
      parts: [
        section(mrkdwn`Its id in Onezone: ${code(id)}`),
        ...(said.length === 0 ? [] : [list(bold('Mind'), said)]),
        section(next),
      ],
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

const nameOf = (request: RegisterRequest): string => serviceOf(request)?.name ?? request.ask.name;

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
