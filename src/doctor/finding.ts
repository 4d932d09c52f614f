/** What one check found out. `unknown`: it could not be looked at. */
export type Verdict = 'ok' | 'warning' | 'problem' | 'unknown';

/** All words are plain text for an operator, one or two sentences each. Never a secret. */
export interface Finding {
  /** Stable name, such as `slack.scopes`. */
  readonly check: string;
  readonly verdict: Verdict;
  readonly what: string;
  /** Null where all is well. */
  readonly why: string | null;
  readonly fix: string | null;
  /**
   * `always`: also to the operators, who have not asked. `elsewhere`: not to them, for it is advice, passes by itself, or has a message
   * of its own.
   */
  readonly told: 'always' | 'elsewhere';
}

interface Words {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly told?: Finding['told'];
}

export const ok = (check: string, what: string): Finding => ({
  ...{ check, verdict: 'ok', what },
  ...{ why: null, fix: null, told: 'always' },
});

const wrong =
  (verdict: Verdict) =>
  (check: string, { told = 'always', ...words }: Words): Finding => ({
    check,
    verdict,
    ...words,
    told,
  });

export const problem = wrong('problem');
export const warning = wrong('warning');
export const unknown = wrong('unknown');

export const isWrong = ({ verdict }: Finding): boolean => verdict !== 'ok';
