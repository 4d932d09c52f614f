import type { ModalView } from '@slack/types';
import { textOf } from '../../../changes/form.js';
import { bold, lines, mrkdwn } from '../../../markup/markup.js';
import { context, section } from '../../../markup/parts.js';
import { drawParts } from '../render/draw-parts.js';
import { input } from '../render/inputs.js';
import { limits } from '../render/limits.js';
import { plainText } from '../render/text.js';
import { modal } from '../render/whole.js';
import { readValues } from './read-values.js';

export const PROOF_FORM = 'proof_form';
export const PROOF_TITLE = 'Prove who you are';

/** How to make a token that proves who somebody is and gives away nothing, and the field for it. */
export function proofForm(): ModalView {
  return modal({
    callback: PROOF_FORM,
    close: 'Cancel',
    metadata: '',
    title: PROOF_TITLE,
    submit: 'Prove',
    blocks: [
      ...drawParts([
        section(
          lines([
            mrkdwn`An ${bold('identity token')} says who you are in Onezone and gives nobody access.`,
            mrkdwn`1. In Onezone open Tokens and create a new token.`,
            mrkdwn`2. As its type choose ${bold('Identity')}, not Access.`,
            mrkdwn`3. Add the caveat “Expire” with a time within the next hour. Add no other.`,
            mrkdwn`4. Copy the token, and paste it here.`,
          ]),
        ),
      ]),
      input({
        block: 'token',
        label: 'Identity token',
        hint: 'It is checked once and not kept. Delete it in Onezone afterwards.',
        element: {
          type: 'plain_text_input',
          action_id: 'token_text',
          max_length: limits.inputText,
          placeholder: plainText('Begins with MDA', limits.placeholder),
        },
      }),
      ...drawParts([
        context(mrkdwn`Never paste an access token here: whoever has one can act as you.`),
      ]),
    ],
  });
}

export const readProof = (state: unknown): string => textOf(readValues(state)['token']);
