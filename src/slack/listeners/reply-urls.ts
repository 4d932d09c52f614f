import { Submission } from '../../operations/submission.js';

/** In ms. Slack takes no answer there after half an hour. */
const LIFETIME_MS = 30 * 60_000;

/**
 * Where whoever pressed or typed something is answered, for as long as this process lives. Such an address is as good as a token, so it
 * is neither stored nor logged; after a crash a direct message is sent instead.
 */
export interface ReplyUrls {
  keep(submission: Submission, url: string): void;
  /** Once: the address is forgotten. */
  take(submission: Submission): string | undefined;
}

export function createReplyUrls(now: () => Date): ReplyUrls {
  let kept: readonly Kept[] = [];
  return {
    keep: (submission, url) => {
      const fresh = kept.filter(({ until }) => until > now());
      const until = new Date(now().getTime() + LIFETIME_MS);
      kept = [...fresh, { key: keyOf(submission), url, until }];
    },
    take: (submission) => {
      const key = keyOf(submission);
      const found = kept.find((entry) => entry.key === key && entry.until > now());
      kept = kept.filter((entry) => entry !== found);
      return found?.url;
    },
  };
}

interface Kept {
  readonly key: string;
  readonly url: string;
  readonly until: Date;
}

/** By what was sent: the same twice by the same person has the same answers, so it does not matter which gets which. */
const keyOf = (submission: Submission): string => JSON.stringify(Submission.parse(submission));
