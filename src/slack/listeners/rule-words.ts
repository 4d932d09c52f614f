import type { Verdict } from '../../requests/decide.js';

/** Who has to agree, before anything is asked. */
export function ruleWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'allowed':
      return 'Nobody has to agree: this is carried out at once.';
    case 'needs':
      return verdict.count === 1
        ? `Needs the agreement of one ${verdict.by.join(' or ')}.`
        : `Needs the agreement of ${verdict.count} people, each ${verdict.by.join(' or ')}.`;
    case 'refused':
      return `${verdict.refusal.message} ${verdict.refusal.next}`;
  }
}
