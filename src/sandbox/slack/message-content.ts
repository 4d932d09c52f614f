import { z } from 'zod';
import { worded } from './blockkit/check.js';
import { block } from './blockkit/shapes.js';
import { codePoints, isRecord } from './blockkit/walk.js';
import type { MessageContent } from './conversation.js';
import type { Workspace } from './workspace.js';

/** Slack's limits of a message; the sum over all blocks is not documented, but this is where it was met. */
const maxText = 40_000;
const maxBlockText = 13_171;
const maxMarkdown = 12_000;
const maxMetadata = 16_000;
const maxAttachments = 100;

export type ContentReading =
  | { readonly ok: true; readonly content: MessageContent; readonly truncated: boolean }
  | { readonly ok: false; readonly error: string; readonly messages: readonly string[] };

const given = z.looseObject({
  text: z.string().optional(),
  markdown_text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
});
type Given = z.infer<typeof given>;

/** What a message is to say, from a Web API call, an acknowledgement or a response_url; judged as Slack does. */
export function readContent(workspace: Workspace, args: unknown): ContentReading {
  const parsed = given.safeParse(args);
  if (!parsed.success) return refused('invalid_arguments');
  const input = parsed.data;
  const error = wrongWith(input);
  if (error !== null) return refused(error);
  const problems = input.blocks === undefined ? [] : workspace.blockKit.message(input.blocks);
  if (problems.length > 0) return refused('invalid_blocks', ...problems.map(worded));
  const blocks = z.array(block).optional().parse(input.blocks);
  if (textLength(blocks) > maxBlockText) return refused('msg_blocks_too_long');
  const text = input.text ?? input.markdown_text;
  const truncated = text !== undefined && codePoints(text) > maxText;
  return { ok: true, truncated, content: contentOf(input, blocks, truncated) };
}

function contentOf(input: Given, blocks: MessageContent['blocks'], truncated: boolean) {
  const { metadata, attachments } = input;
  const text = input.text ?? input.markdown_text;
  const cut = truncated && text !== undefined ? Array.from(text).slice(0, maxText).join('') : text;
  return {
    ...(cut === undefined ? {} : { text: cut }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments: z.array(z.unknown()).parse(attachments) }),
    ...(metadata === undefined ? {} : { metadata: metadataShape.parse(metadata) }),
  };
}

const metadataShape = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

function wrongWith(input: Given): string | null {
  const { text, markdown_text: markdown, blocks, attachments, metadata } = input;
  if (markdown !== undefined && (text !== undefined || blocks !== undefined)) {
    return 'markdown_text_conflict';
  }
  if (codePoints(markdown ?? '') > maxMarkdown) return 'msg_too_long';
  if (blocks !== undefined && !Array.isArray(blocks)) return 'invalid_blocks_format';
  if (attachments !== undefined && !Array.isArray(attachments)) return 'invalid_attachments';
  if (Array.isArray(attachments) && attachments.length > maxAttachments) {
    return 'too_many_attachments';
  }
  const filled = [blocks, attachments].some((list) => Array.isArray(list) && list.length > 0);
  if ((text ?? markdown ?? '') === '' && !filled) return 'no_text';
  return metadata === undefined ? null : wrongMetadata(metadata);
}

function wrongMetadata(metadata: unknown): string | null {
  if (!isRecord(metadata)) return 'invalid_metadata_format';
  if (!metadataShape.safeParse(metadata).success) return 'invalid_metadata_schema';
  return JSON.stringify(metadata).length > maxMetadata ? 'metadata_too_large' : null;
}

/** Characters of every text in the blocks. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) =>
      sum + (key === 'text' && typeof one === 'string' ? codePoints(one) : textLength(one)),
    0,
  );
}

function refused(error: string, ...messages: readonly string[]): ContentReading {
  return { ok: false, error, messages };
}
