import type { Action } from '../requests/policy.js';

/** What can be typed after `/handle` besides the changes. Help and “did you mean” are printed from this. */
export interface Question {
  readonly word: string;
  readonly usage: string;
  readonly summary: string;
  /** The action of the policy that one must be allowed; null: open to every member. */
  readonly needs: Action | null;
}

export const questions = [
  {
    word: 'requests',
    usage: 'requests',
    summary: 'Your requests, and those that wait for you.',
    needs: null,
  },
  {
    word: 'withdraw',
    usage: 'withdraw R-…',
    summary: 'Take back a request that still waits.',
    needs: null,
  },
  { word: 'mine', usage: 'mine', summary: 'Your access, and when it ends.', needs: null },
  {
    word: 'services',
    usage: 'services [TEXT]',
    summary: 'All handle services, or those whose name contains the text.',
    needs: null,
  },
  {
    word: 'show',
    usage: 'show NAME',
    summary: 'One handle service and who has access to it.',
    needs: null,
  },
  {
    word: 'whoami',
    usage: 'whoami',
    summary: 'Who you are in Slack and Onezone, and what you may do.',
    needs: null,
  },
  {
    word: 'link',
    usage: 'link @person [NAME]',
    summary: 'Say which Onezone user a person is.',
    needs: 'link',
  },
  {
    word: 'unlink',
    usage: 'unlink @person',
    summary: 'Forget which Onezone user a person is.',
    needs: 'link',
  },
  { word: 'help', usage: 'help', summary: 'This list.', needs: null },
] as const satisfies readonly Question[];

export type QuestionWord = (typeof questions)[number]['word'];

/** What Onezone is asked for may take a while: the command is acknowledged before. */
export const asksOnezone = (word: string): boolean => word === 'show';
