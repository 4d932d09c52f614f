import type { ComponentChildren } from 'preact';
import { useScene, userName } from '../state/scene.js';
import { EMOJI } from './emoji.js';
import { readMrkdwn, type Piece } from './mrkdwn.js';
import { IconText } from './icon-text.js';
import { slackDate } from './slack-date.js';

/** Text in Slack's `mrkdwn`. */
export function Mrkdwn({ text }: { readonly text: string }) {
  return <Pieces all={readMrkdwn(text)} />;
}

function Pieces({ all }: { readonly all: readonly Piece[] }) {
  return (
    <>
      {all.map((piece, index) => (
        <PieceView key={index} piece={piece} />
      ))}
    </>
  );
}

function PieceView({ piece }: { readonly piece: Piece }) {
  switch (piece.kind) {
    case 'text':
      return <IconText text={piece.text} />;
    case 'bold':
      return <strong>{<Pieces all={piece.inside} />}</strong>;
    case 'italic':
      return <em>{<Pieces all={piece.inside} />}</em>;
    case 'strike':
      return <s>{<Pieces all={piece.inside} />}</s>;
    case 'quote':
      return <blockquote>{<Pieces all={piece.inside} />}</blockquote>;
    case 'code':
      return <code>{piece.text}</code>;
    case 'pre':
      return <pre>{piece.text}</pre>;
    case 'link':
      return <Link url={piece.url}>{piece.label}</Link>;
    case 'user':
      return <UserMention id={piece.id} />;
    case 'channel':
      return <ChannelMention id={piece.id} label={piece.label} />;
    case 'group':
      return <GroupMention id={piece.id} label={piece.label} />;
    case 'everyone':
      return <span class="mention">{piece.label}</span>;
    case 'date':
      return <Moment unix={piece.unix} format={piece.format} />;
    case 'emoji':
      return <Emoji name={piece.name} />;
  }
}

/** Links leave the sandbox: they open in a new tab and send no referrer. */
export function Link({
  url,
  children,
}: {
  readonly url: string;
  readonly children: ComponentChildren;
}) {
  if (!/^(https?:|mailto:)/.test(url)) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

export function UserMention({ id }: { readonly id: string }) {
  const { directory, as } = useScene();
  const mine = id === as ? ' mention-me' : '';
  return <span class={`mention${mine}`}>@{userName(directory, id)}</span>;
}

export function ChannelMention(given: { readonly id: string; readonly label?: string }) {
  const { directory } = useScene();
  const name = directory.channels.find((channel) => channel.id === given.id)?.name ?? given.label;
  return <span class="mention">#{name === undefined || name === '' ? given.id : name}</span>;
}

export function GroupMention(given: { readonly id: string; readonly label?: string }) {
  const { directory } = useScene();
  const handle = directory.groups.find((group) => group.id === given.id)?.handle;
  return (
    <span class="mention">{handle === undefined ? (given.label ?? given.id) : `@${handle}`}</span>
  );
}

export function Emoji({ name }: { readonly name: string }) {
  return <IconText text={EMOJI[name] ?? `:${name}:`} />;
}

export function Moment({ unix, format }: { readonly unix: number; readonly format: string }) {
  const at = new Date(unix * 1000);
  return <time dateTime={at.toISOString()}>{slackDate(unix, format, new Date())}</time>;
}
