import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { block as looseBlock } from '../../src/sandbox/slack/blockkit/shapes.js';
import { Action } from './action.js';
import { Words } from './choice-list.js';
import { RichText } from './rich-text.js';
import { block as blockSchema, type Block, type BlockOf } from './schema.js';

interface Props {
  readonly blocks: readonly z.infer<typeof looseBlock>[];
  /** How an input block is drawn; only modals have any. */
  readonly input?: (block: BlockOf<'input'>) => ComponentChildren;
}

/** A message, Home tab or modal, block by block. */
export function Blocks({ blocks, input }: Props) {
  return (
    <div class="blocks">
      {blocks.map((it, index) => {
        const read = blockSchema.safeParse(it);
        const key = it.block_id ?? index;
        if (!read.success) return <Unknown key={key} type={it.type} />;
        if (read.data.type === 'input') return input?.(read.data);
        return <BlockView key={key} block={read.data} />;
      })}
    </div>
  );
}

function BlockView({ block: it }: { readonly block: Exclude<Block, { type: 'input' }> }) {
  switch (it.type) {
    case 'header':
      return <h3 class="block-header">{it.text.text}</h3>;
    case 'divider':
      return <hr />;
    case 'section':
      return <Section block={it} />;
    case 'context':
      return (
        <div class="block-context">
          {it.elements.map((one, index) => (
            <span key={index}>
              {one.type === 'image' ? `[${one.alt_text}]` : <Words text={one} />}
            </span>
          ))}
        </div>
      );
    case 'actions':
      return (
        <div class="block-actions">
          {it.elements.map((one) => (
            <Action key={one.action_id} block={it.block_id} element={one} />
          ))}
        </div>
      );
    case 'image':
      // Pictures lie on other machines, and this page asks none.
      return <p class="block-image">[{it.alt_text}]</p>;
    case 'rich_text':
      return <RichText elements={it.elements} />;
  }
}

function Section({ block: it }: { readonly block: BlockOf<'section'> }) {
  const { accessory } = it;
  return (
    <div class="block-section">
      <div class="block-text">
        {it.text !== undefined && (
          <p>
            <Words text={it.text} />
          </p>
        )}
        {it.fields.length > 0 && (
          <div class="block-fields">
            {it.fields.map((one, index) => (
              <p key={index}>
                <Words text={one} />
              </p>
            ))}
          </div>
        )}
      </div>
      {accessory !== undefined &&
        (accessory.type === 'image' ? (
          <span class="block-image">[{accessory.alt_text}]</span>
        ) : (
          <Action block={it.block_id} element={accessory} />
        ))}
    </div>
  );
}

const Unknown = ({ type }: { readonly type: string }) => (
  <p class="block-unknown">A block of the type {type} is not drawn here.</p>
);
