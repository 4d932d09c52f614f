import { levelWords } from '../../../requests/level.js';
import { bold, type Markup, moment, mrkdwn } from '../../../markup/markup.js';
import type { Access } from '../../../queries/data.js';

/** `*DataCite*: Use until …` */
export function accessWords(access: Access): Markup {
  const { label } = levelWords[access.level];
  return mrkdwn`${bold(access.service.name)}: ${label} ${endWords(access.end)}`;
}

export function endWords(end: Date | null): Markup {
  return end === null ? mrkdwn`with no end` : mrkdwn`until ${moment(end)}`;
}
