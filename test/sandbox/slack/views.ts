import type { KnownBlock, ModalView, PlainTextElement } from '@slack/types';

export const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text });

export const option = (value: string) => ({ text: plain(value), value });

export function modal(
  callbackId: string,
  blocks: KnownBlock[],
  more: Partial<ModalView> = {},
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain('A form'),
    submit: plain('Send'),
    blocks,
    ...more,
  };
}

export function textInput(
  id: string,
  more: Partial<KnownBlock & { type: 'input' }> = {},
): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(id),
    element: { type: 'plain_text_input', action_id: `${id}_text` },
    ...more,
  };
}

/** A part of something that came over the wire. */
export function part(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}
