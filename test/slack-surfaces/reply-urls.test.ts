import { describe, expect, it } from '@jest/globals';
import type { Submission } from '../../src/operations/submission.js';
import { createReplyUrls } from '../../src/slack/listeners/reply-urls.js';
import { after } from '../builders.js';

const origin = { by: 'U0LENA', view: null, channel: 'C0TEAM' };
const withdrawal: Submission = { ...origin, kind: 'withdraw', id: 'R-0000000A' };

describe('an address for an answer', () => {
  it('is given away once, to what came with it', () => {
    const urls = createReplyUrls(() => after(0));
    urls.keep(withdrawal, 'https://hooks.slack.com/1');
    urls.keep(withdrawal, 'https://hooks.slack.com/2');
    expect(urls.take({ ...withdrawal, id: 'R-0000000B' })).toBeUndefined();
    // As it comes back from the store, in whatever order.
    const { by, ...rest } = withdrawal;
    expect(urls.take({ ...rest, by })).toBe('https://hooks.slack.com/1');
    expect(urls.take(withdrawal)).toBe('https://hooks.slack.com/2');
    expect(urls.take(withdrawal)).toBeUndefined();
  });

  it('is forgotten after half an hour, when Slack would take nothing there', () => {
    let minutes = 0;
    const urls = createReplyUrls(() => after(minutes));
    urls.keep(withdrawal, 'https://hooks.slack.com/1');
    minutes = 29;
    urls.keep({ ...withdrawal, by: 'U0TOM' }, 'https://hooks.slack.com/2');
    minutes = 30;
    expect(urls.take(withdrawal)).toBeUndefined();
    expect(urls.take({ ...withdrawal, by: 'U0TOM' })).toBe('https://hooks.slack.com/2');
  });
});
