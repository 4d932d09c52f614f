import { childrenOf, type Block } from './shapes.js';

interface Ids {
  id(prefix: string): string;
}

/** Blocks as Slack keeps them: each with a block_id, each element with an action_id, inputs with their defaults. */
export function withIds(ids: Ids, blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => {
    const { element, accessory, elements } = block;
    const children = childrenOf(block);
    return {
      ...block,
      block_id: block.block_id ?? ids.id('b'),
      ...(block.type === 'input'
        ? { optional: block.optional ?? false, dispatch_action: block.dispatch_action ?? false }
        : {}),
      ...(element === undefined ? {} : { element: named(ids, element) }),
      ...(accessory === undefined || accessory.type === 'image'
        ? {}
        : { accessory: named(ids, accessory) }),
      ...(elements === undefined || block.type !== 'actions'
        ? {}
        : { elements: elements.map((one) => named(ids, one)) }),
      ...(children.length === 0 ? {} : { child_blocks: withIds(ids, children) }),
    };
  });
}

function named<T extends { readonly action_id?: string | undefined }>(ids: Ids, element: T) {
  return { ...element, action_id: element.action_id ?? ids.id('a') };
}
