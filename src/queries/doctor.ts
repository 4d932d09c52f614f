import { type Finding, isWrong } from '../doctor/finding.js';
import { summary } from '../doctor/screen.js';
import { bold, lines, type Markup, mrkdwn, sentence } from '../markup/markup.js';
import { context, type Document, header, message, section } from '../markup/parts.js';
import { defineQuery } from './query.js';

export const doctor = defineQuery({
  word: 'doctor',
  usage: 'doctor',
  summary: 'Whether the desk can do all that its policy promises.',
  needs: 'doctor',
  asksOnezone: true,
  run: (services) => services.examine(),
  answer: doctorAnswer,
});

const SIGNS = { problem: '🔴', warning: '🟠', unknown: '⚪' } as const;

/** What is wrong in full, what is well in small print. */
export function doctorAnswer(findings: readonly Finding[]): Document {
  const wrong = findings.filter(isWrong);
  const fine = findings.filter((it) => !isWrong(it)).map(({ what }) => sentence(what));
  const said = wrong.map(wordsOf);
  const sum = mrkdwn`${summary(findings)}`;
  return message(mrkdwn`Doctor: ${sum}`, [
    header('Doctor'),
    section(bold(sum)),
    ...said.map((words) => section(words)),
    ...fine.map((words) => context(words)),
  ]);
}

function wordsOf({ verdict, what, why, fix }: Finding): Markup {
  return lines([
    mrkdwn`${verdict === 'ok' ? '' : SIGNS[verdict]} ${sentence(what)}`,
    ...(why === null ? [] : [mrkdwn`Why: ${sentence(why)}`]),
    ...(fix === null ? [] : [mrkdwn`Fix: ${sentence(fix)}`]),
  ]);
}
