import type { ModalView } from '@slack/types';
import { textOf } from '../../../changes/form.js';
import type { DirectoryUser } from '../../../store/store.js';
import { drawParts } from '../render/draw-parts.js';
import { input, option } from '../render/inputs.js';
import { limits } from '../render/limits.js';
import { plainText } from '../render/text.js';
import { mrkdwn } from '../../../markup/markup.js';
import { section } from '../../../markup/parts.js';
import { modal } from '../render/whole.js';
import { noticeAbove } from './said.js';
import { readValues } from './read-values.js';

export const LINK_FORM = 'link_form';
/** Also the id under which Slack asks for the Onezone users to choose from. */
export const ONEZONE_PICK = 'onezone_pick';

export function linkForm(
  values: { readonly slack?: string; readonly onezone?: DirectoryUser },
  notice?: string,
): ModalView {
  const { slack, onezone } = values;
  return modal({
    callback: LINK_FORM,
    close: 'Cancel',
    metadata: '',
    title: 'Link a person',
    submit: 'Link',
    blocks: [
      ...noticeAbove(notice),
      ...drawParts([
        section(
          mrkdwn`Which Onezone user is this person? Access is given to the Onezone user that you choose here.`,
        ),
      ]),
      input({
        block: 'slack',
        label: 'Person in Slack',
        element: {
          type: 'users_select',
          action_id: 'slack_pick',
          ...(slack === undefined ? {} : { initial_user: slack }),
        },
      }),
      input({
        block: 'onezone',
        label: 'User in Onezone',
        hint: 'Search by name, user name, e-mail address or id.',
        element: {
          type: 'external_select',
          action_id: ONEZONE_PICK,
          min_query_length: 2,
          placeholder: plainText('Type a part of the name', limits.placeholder),
          ...(onezone === undefined ? {} : { initial_option: onezoneOption(onezone) }),
        },
      }),
    ],
  });
}

export function readLinkForm(state: unknown): { readonly slack: string; readonly onezone: string } {
  const { slack, onezone } = readValues(state);
  return { slack: textOf(slack), onezone: textOf(onezone) };
}

/** People share names: user name, e-mail address and id tell them apart. */
export function onezoneOption(user: DirectoryUser) {
  const facts = [user.username, user.emails[0], user.id].filter(
    (fact) => fact !== null && fact !== undefined,
  );
  return option({ text: user.fullName, value: user.id, description: facts.join(' · ') });
}
