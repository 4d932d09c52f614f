import type { KnownBlock, ModalView } from '@slack/types';
import { lines, type Markup, mrkdwn, sentence } from '../../../markup/markup.js';
import { context, type Document, message, section } from '../../../markup/parts.js';
import { drawParts } from '../render/draw-parts.js';
import { modal } from '../render/whole.js';

/** Shown at once after a form was sent, while the desk works. */
export function workingView(title: string): ModalView {
  const blocks = drawParts([
    section(mrkdwn`One moment…`),
    context(mrkdwn`You can close this; what becomes of it also reaches you as a message.`),
  ]);
  return modal({ callback: 'working', title, close: 'Close', metadata: '', blocks });
}

/** How it went. */
export function saidView(title: string, { parts }: Pick<Document, 'parts'>): ModalView {
  return modal({ callback: 'said', title, close: 'Close', metadata: '', blocks: drawParts(parts) });
}

/** A paragraph each. */
export const paragraphs = (...said: readonly Markup[]): Document =>
  message(
    lines(said),
    said.map((words) => section(words)),
  );

/** What is wrong with a field, right below it. */
export function problemBelow(problem: string | undefined): KnownBlock[] {
  return problem === undefined
    ? []
    : drawParts([context(mrkdwn`⚠️ ${sentence(problem, { people: true })}`)]);
}

/** What concerns the whole form, above it. */
export function noticeAbove(notice: string | undefined): KnownBlock[] {
  return notice === undefined
    ? []
    : drawParts([section(mrkdwn`⚠️ ${sentence(notice, { people: true })}`)]);
}
