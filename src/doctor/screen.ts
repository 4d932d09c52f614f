import { AREAS } from './check.js';
import { counted } from './counted.js';
import type { Finding, Verdict } from './finding.js';

/** Exit codes of `handle-desk doctor`. */
export const EXIT = { ok: 0, problem: 1, warning: 2 } as const;

export function exitCodeOf(findings: readonly Finding[]): number {
  if (findings.some(({ verdict }) => verdict === 'problem')) return EXIT.problem;
  return findings.some(({ verdict }) => verdict !== 'ok') ? EXIT.warning : EXIT.ok;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  ok: 'OK',
  warning: 'WARNING',
  problem: 'PROBLEM',
  unknown: 'UNKNOWN',
};

const TITLES: Readonly<Record<string, string>> = {
  slack: 'Slack',
  policy: 'Policy',
  onezone: 'Onezone',
  store: 'Database',
  work: 'Work',
};

/** One screen of plain text. */
export function screenOf(findings: readonly Finding[]): string {
  const rooms = AREAS.flatMap((area) => {
    const own = findings.filter(({ check }) => check.startsWith(`${area}.`));
    return own.length === 0 ? [] : [TITLES[area] ?? area, ...own.flatMap(linesOf)];
  });
  return `${withoutTicks([...rooms, '', summary(findings)].join('\n'))}\n`;
}

/** In Slack they make code; here they would only be copied along. */
export const withoutTicks = (text: string): string => text.replaceAll('`', '');

function linesOf({ verdict, what, why, fix }: Finding): readonly string[] {
  return [
    `  ${WORDS[verdict].padEnd(8)} ${what}`,
    ...(why === null ? [] : [`           Why: ${why}`]),
    ...(fix === null ? [] : [`           Fix: ${fix}`]),
  ];
}

/** `2 problems, 1 warning, 14 fine.` */
export function summary(findings: readonly Finding[]): string {
  const count = (verdict: Verdict): number =>
    findings.filter((finding) => finding.verdict === verdict).length;
  const some = (verdict: Verdict, word: string): readonly string[] =>
    count(verdict) === 0 ? [] : [counted(count(verdict), word)];
  const unseen = count('unknown');
  return `${[
    ...some('problem', 'problem'),
    ...some('warning', 'warning'),
    ...(unseen === 0 ? [] : [`${unseen} could not be looked at`]),
    `${count('ok')} fine`,
  ].join(', ')}.`;
}
