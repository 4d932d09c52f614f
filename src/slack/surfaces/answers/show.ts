import type { Message } from '../render/message.js';
import { levelWords } from '../../../requests/level.js';
import { actions, context, fields, list, section } from '../render/blocks.js';
import { bold, code, lines, type Markup, mention, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { accessWords, endWords } from './access-words.js';
import type { Member, ServiceShown } from '../../../queries/data.js';
import { requestAccessButton } from './service-line.js';

const MEMBERS = 30;

/** One service. Never a credential, although Onezone would tell it. */
export function showAnswer(service: ServiceShown): Message {
  const facts = factsOf(service);
  const members = memberLines(service.members);
  const mine =
    service.mine === null
      ? mrkdwn`You have no access through this desk.`
      : accessWords(service.mine);
  const others = mrkdwn`Only people let in through this desk are listed; Onezone may know more members.`;
  return message(
    lines([
      mrkdwn`Handle service ${bold(service.name)}`,
      ...facts.map(([name, value]) => mrkdwn`${name}: ${value}`),
      mrkdwn`You: ${mine}`,
      ...members,
      others,
    ]),
    [
      section(bold(service.name)),
      ...fields(facts),
      section(mrkdwn`${bold('You')}\n${mine}`),
      ...list(bold('People with access'), members),
      context(others),
      ...(service.mayAsk ? [actions(requestAccessButton(service))] : []),
    ],
  );
}

function factsOf(service: ServiceShown): readonly (readonly [string, Markup])[] {
  return [
    ['Id', code(service.id)],
    ['Registrar type', known(service.registrar)],
    ['Prefix', known(service.prefix)],
    ['Proxy endpoint', known(service.proxyEndpoint)],
  ];
}

function memberLines(members: readonly Member[]): readonly Markup[] {
  if (members.length === 0) return [mrkdwn`Nobody through this desk.`];
  const more = members.length - MEMBERS;
  return [
    ...members
      .slice(0, MEMBERS)
      .map((it) => mrkdwn`${mention(it.slack)}: ${levelWords[it.level].label} ${endWords(it.end)}`),
    ...(more > 0 ? [mrkdwn`and ${more} more`] : []),
  ];
}

const known = (value: string | null): Markup =>
  value === null || value === '' ? mrkdwn`not known` : code(value);
