import { z } from 'zod';
import { ChannelMention, Emoji, GroupMention, Link, Moment, UserMention } from './pieces.js';
import { IconText } from './icon-text.js';

const style = z
  .object({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .default({});

const leaf = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), style }),
  z.object({ type: z.literal('link'), url: z.string(), text: z.string().optional(), style }),
  z.object({ type: z.literal('user'), user_id: z.string() }),
  z.object({ type: z.literal('channel'), channel_id: z.string() }),
  z.object({ type: z.literal('usergroup'), usergroup_id: z.string() }),
  z.object({ type: z.literal('emoji'), name: z.string() }),
  z.object({ type: z.literal('date'), timestamp: z.number(), format: z.string() }),
  z.object({ type: z.literal('broadcast'), range: z.string() }),
]);
type Leaf = z.infer<typeof leaf>;

const leaves = z.array(leaf);
const section = z.object({ type: z.literal('rich_text_section'), elements: leaves });

const part = z.discriminatedUnion('type', [
  section,
  z.object({ type: z.literal('rich_text_quote'), elements: leaves }),
  z.object({ type: z.literal('rich_text_preformatted'), elements: leaves }),
  z.object({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section),
  }),
]);
type RichPart = z.infer<typeof part>;

/** Slack's `rich_text` block. */
export function RichText({ elements }: { readonly elements: readonly unknown[] }) {
  const parts = elements.flatMap((element) => part.safeParse(element).data ?? []);
  return (
    <div class="rich-text">
      {parts.map((piece, index) => (
        <Part key={index} part={piece} />
      ))}
    </div>
  );
}

function Part({ part }: { readonly part: RichPart }) {
  switch (part.type) {
    case 'rich_text_section':
      return <p>{part.elements.map(drawn)}</p>;
    case 'rich_text_quote':
      return <blockquote>{part.elements.map(drawn)}</blockquote>;
    case 'rich_text_preformatted':
      return <pre>{part.elements.map(drawn)}</pre>;
    case 'rich_text_list': {
      const items = part.elements.map((item, index) => (
        <li key={index}>{item.elements.map(drawn)}</li>
      ));
      return part.style === 'ordered' ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

const drawn = (leaf: Leaf, index: number) => <LeafView key={index} leaf={leaf} />;

function LeafView({ leaf }: { readonly leaf: Leaf }) {
  switch (leaf.type) {
    case 'text':
      return <Styled text={leaf.text} style={leaf.style} />;
    case 'link':
      return (
        <Link url={leaf.url}>
          <Styled text={leaf.text ?? leaf.url} style={leaf.style} />
        </Link>
      );
    case 'user':
      return <UserMention id={leaf.user_id} />;
    case 'channel':
      return <ChannelMention id={leaf.channel_id} />;
    case 'usergroup':
      return <GroupMention id={leaf.usergroup_id} />;
    case 'emoji':
      return <Emoji name={leaf.name} />;
    case 'date':
      return <Moment unix={leaf.timestamp} format={leaf.format} />;
    case 'broadcast':
      return <span class="mention">@{leaf.range}</span>;
  }
}

function Styled({
  text,
  style: how,
}: {
  readonly text: string;
  readonly style: z.infer<typeof style>;
}) {
  const coded = how.code === true ? <code>{text}</code> : <IconText text={text} />;
  const struck = how.strike === true ? <s>{coded}</s> : coded;
  const slanted = how.italic === true ? <em>{struck}</em> : struck;
  return how.bold === true ? <strong>{slanted}</strong> : slanted;
}
