import { z } from 'zod';
import { ChannelMention, Emoji, GroupMention, Link, Moment, UserMention } from './pieces.js';
import { Signed } from './signs.js';

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

/** What people and the bot wrote with the formatting of Slack's editor. */
export function RichText({ elements }: { readonly elements: readonly unknown[] }) {
  const parts = elements.flatMap((it) => part.safeParse(it).data ?? []);
  return (
    <div class="rich-text">
      {parts.map((it, index) => (
        <Part key={index} part={it} />
      ))}
    </div>
  );
}

function Part({ part: it }: { readonly part: z.infer<typeof part> }) {
  switch (it.type) {
    case 'rich_text_section':
      return <p>{it.elements.map(drawn)}</p>;
    case 'rich_text_quote':
      return <blockquote>{it.elements.map(drawn)}</blockquote>;
    case 'rich_text_preformatted':
      return <pre>{it.elements.map(drawn)}</pre>;
    case 'rich_text_list': {
      const items = it.elements.map((one, index) => <li key={index}>{one.elements.map(drawn)}</li>);
      return it.style === 'ordered' ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

const drawn = (it: Leaf, index: number) => <LeafView key={index} leaf={it} />;

function LeafView({ leaf: it }: { readonly leaf: Leaf }) {
  switch (it.type) {
    case 'text':
      return <Styled text={it.text} style={it.style} />;
    case 'link':
      return (
        <Link url={it.url}>
          <Styled text={it.text ?? it.url} style={it.style} />
        </Link>
      );
    case 'user':
      return <UserMention id={it.user_id} />;
    case 'channel':
      return <ChannelMention id={it.channel_id} />;
    case 'usergroup':
      return <GroupMention id={it.usergroup_id} />;
    case 'emoji':
      return <Emoji name={it.name} />;
    case 'date':
      return <Moment unix={it.timestamp} format={it.format} />;
    case 'broadcast':
      return <span class="mention">@{it.range}</span>;
  }
}

function Styled({
  text,
  style: how,
}: {
  readonly text: string;
  readonly style: z.infer<typeof style>;
}) {
  const coded = how.code === true ? <code>{text}</code> : <Signed text={text} />;
  const struck = how.strike === true ? <s>{coded}</s> : coded;
  const slanted = how.italic === true ? <em>{struck}</em> : struck;
  return how.bold === true ? <strong>{slanted}</strong> : slanted;
}
