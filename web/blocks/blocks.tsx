import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { block as looseBlock } from '../../src/sandbox/slack/blockkit/shapes.js';
import { Action } from './action.js';
import { Alert } from './alert.js';
import { Words } from './choice-list.js';
import { RichText } from './rich-text.js';
import { Table } from './table.js';
import { block as blockSchema, type Block, type BlockOf } from './schema.js';

interface Props {
  readonly blocks: readonly z.infer<typeof looseBlock>[];
  /** Renders an input block; only modals have them. */
  readonly input?: (block: BlockOf<'input'>) => ComponentChildren;
}

/** The blocks of a message, Home tab or modal. */
export function Blocks({ blocks, input }: Props) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => {
        const read = blockSchema.safeParse(block);
        const key = block.block_id ?? index;
        if (!read.success) return <Unknown key={key} type={block.type} />;
        if (read.data.type === 'input') return input?.(read.data);
        return <BlockView key={key} block={read.data} />;
      })}
    </div>
  );
}

function BlockView({ block }: { readonly block: Exclude<Block, { type: 'input' }> }) {
  switch (block.type) {
    case 'header':
      return <h3 class="block-header">{block.text.text}</h3>;
    case 'divider':
      return <hr />;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return (
        <div class="block-context">
          {block.elements.map((element, index) => (
            <span key={index}>
              {element.type === 'image' ? `[${element.alt_text}]` : <Words text={element} />}
            </span>
          ))}
        </div>
      );
    case 'actions':
      return (
        <div class="block-actions">
          {block.elements.map((element) => (
            <Action key={element.action_id} block={block.block_id} element={element} />
          ))}
        </div>
      );
    case 'image':
      // The page loads nothing from other hosts, so images show their alt text.
      return <p class="block-image">[{block.alt_text}]</p>;
    case 'rich_text':
      return <RichText elements={block.elements} />;
    case 'alert':
      return <Alert text={block.text} level={block.level} />;
    case 'table':
      return <Table rows={block.rows} columns={block.column_settings} />;
    case 'container':
      return <Container block={block} />;
  }
}

function Container({ block }: { readonly block: BlockOf<'container'> }) {
  const { title, rich_text_title: richTitle, subtitle, child_blocks: children } = block;
  const head = (
    <>
      <div class="container-title">
        {richTitle !== undefined ? (
          <RichText elements={richTitle.elements} />
        ) : (
          title !== undefined && <Words text={title} />
        )}
      </div>
      {subtitle !== undefined && (
        <div class="container-subtitle">
          <Words text={subtitle} />
        </div>
      )}
    </>
  );
  if (block.is_collapsible) {
    return (
      <details class="block-container" open={!block.default_collapsed}>
        <summary>{head}</summary>
        <Blocks blocks={children} />
      </details>
    );
  }
  return (
    <div class="block-container">
      <div class={block.has_header_divider ? 'container-head divided' : 'container-head'}>
        {head}
      </div>
      <Blocks blocks={children} />
    </div>
  );
}

function Section({ block }: { readonly block: BlockOf<'section'> }) {
  const { accessory } = block;
  return (
    <div class="block-section">
      <div class="block-text">
        {block.text !== undefined && (
          <p>
            <Words text={block.text} />
          </p>
        )}
        {block.fields.length > 0 && (
          <div class="block-fields">
            {block.fields.map((element, index) => (
              <p key={index}>
                <Words text={element} />
              </p>
            ))}
          </div>
        )}
      </div>
      {accessory !== undefined &&
        (accessory.type === 'image' ? (
          <span class="block-image">[{accessory.alt_text}]</span>
        ) : (
          <Action block={block.block_id} element={accessory} />
        ))}
    </div>
  );
}

const Unknown = ({ type }: { readonly type: string }) => (
  <p class="block-unknown">A block of the type {type} is not drawn here.</p>
);
