import { childrenOf, element, type Block, type Element } from './shapes.js';

/** An element a person can use, and the block it stands in. */
export interface Touchable {
  readonly block: Block;
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Element;
  readonly isInput: boolean;
}

export function touchables(blocks: readonly Block[]): readonly Touchable[] {
  return blocks.flatMap((block) => [...touchablesOf(block), ...touchables(childrenOf(block))]);
}

function touchablesOf(block: Block): readonly Touchable[] {
  return inside(block).flatMap((one) => {
    const { action_id: actionId } = one;
    const { block_id: blockId } = block;
    if (actionId === undefined || blockId === undefined) return [];
    return [{ block, blockId, actionId, element: one, isInput: block.type === 'input' }];
  });
}

function inside(block: Block): readonly Element[] {
  const listed =
    block.type === 'actions' || block.type === 'context_actions' ? (block.elements ?? []) : [];
  return [
    ...(block.element === undefined ? [] : [block.element]),
    ...(block.accessory === undefined ? [] : [block.accessory]),
    ...listed.map((one) => element.parse(one)),
  ];
}
