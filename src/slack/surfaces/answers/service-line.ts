import type { Button } from '@slack/types';
import { actionIds } from '../../ids.js';
import { button } from '../render/elements.js';
import { bold, code, joined, type Markup, mrkdwn } from '../../../markup/markup.js';
import type { ServiceLine } from '../../../queries/data.js';

/** Names are not unique in Onezone, so the id is there too. */
export function serviceLine(service: ServiceLine): Markup {
  const facts = [
    ...(service.registrar === null ? [] : [mrkdwn`${service.registrar}`]),
    ...(service.prefix === null ? [] : [mrkdwn`prefix ${code(service.prefix)}`]),
    mrkdwn`id ${code(service.id)}`,
  ];
  return mrkdwn`${bold(service.name)} (${joined(facts)})`;
}

export function showButton(service: ServiceLine): Button {
  return button({
    text: 'Show',
    says: `Show the handle service ${service.name}`,
    action: actionIds.showService,
    value: service.id,
  });
}

export function requestAccessButton(service: {
  readonly id: string;
  readonly name: string;
}): Button {
  return button({
    text: 'Request access',
    says: `Request access to ${service.name}`,
    action: actionIds.openGrant,
    value: service.id,
    style: 'primary',
  });
}
