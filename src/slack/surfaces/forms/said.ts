import type { KnownBlock, ModalView } from '@slack/types';
import { context, section } from '../render/blocks.js';
import { type Markup, mrkdwn, sentence } from '../../../markup/markup.js';
import { modal } from '../render/whole.js';

/** Shown at once after a form was sent, while the desk works. */
export function workingView(title: string): ModalView {
  const blocks = [
    section(mrkdwn`One moment…`),
    context(mrkdwn`You can close this; what becomes of it also reaches you as a message.`),
  ];
  return modal({ callback: 'working', title, close: 'Close', metadata: '', blocks });
}

/** How it went. */
export function saidView(title: string, ...said: readonly Markup[]): ModalView {
  return modal({
    callback: 'said',
    title,
    close: 'Close',
    metadata: '',
    blocks: said.map((it) => section(it)),
  });
}

/** What is wrong with a field, right below it. */
export function problemBelow(problem: string | undefined): KnownBlock[] {
  return problem === undefined ? [] : [context(mrkdwn`⚠️ ${sentence(problem, { people: true })}`)];
}

/** What concerns the whole form, above it. */
export function noticeAbove(notice: string | undefined): KnownBlock[] {
  return notice === undefined ? [] : [section(mrkdwn`⚠️ ${sentence(notice, { people: true })}`)];
}
