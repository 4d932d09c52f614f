import { actionIds } from '../markup/actions.js';
import { bold, code, joined, type Markup, mrkdwn } from '../markup/markup.js';
import { button, type Button } from '../markup/parts.js';

export interface ServiceLine {
  readonly id: string;
  readonly name: string;
  readonly registrar: string | null;
  readonly prefix: string | null;
  /** Names are not unique in Onezone: another one is called the same. */
  readonly isNamesake?: boolean;
}

/** With its id where the name does not tell which is meant. */
export function serviceLine(service: ServiceLine): Markup {
  const facts = [
    ...(service.registrar === null ? [] : [mrkdwn`${service.registrar}`]),
    ...(service.prefix === null ? [] : [mrkdwn`prefix ${code(service.prefix)}`]),
    ...(service.isNamesake === true ? [mrkdwn`id ${code(service.id)}`] : []),
  ];
  return joined([bold(service.name), ...facts], ' · ');
}

export function showButton({ id, name }: Pick<ServiceLine, 'id' | 'name'>): Button {
  return button({
    text: 'Show',
    says: `Show the handle service ${name}`,
    action: actionIds.showService,
    value: id,
  });
}
