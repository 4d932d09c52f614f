import { describe, expect, it } from '@jest/globals';
import { heardIn } from '../../src/slack/listeners/heard.js';

const ME = 'U0BOT';
const direct = {
  type: 'message',
  channel: 'D0LENA',
  channel_type: 'im',
  user: 'U0LENA',
  text: 'hello',
  ts: '1.2',
};
const mention = { ...direct, type: 'app_mention', channel: 'C0TEAM', channel_type: undefined };

describe('what is said to the bot', () => {
  it('is a direct message, and what was written with a file', () => {
    const heard = {
      user: 'U0LENA',
      channel: 'D0LENA',
      isPrivate: true,
      text: 'hello',
      thread: null,
    };
    expect(heardIn(direct, ME)).toEqual(heard);
    expect(heardIn({ ...direct, subtype: 'file_share', files: [{ id: 'F1' }] }, ME)).toEqual(heard);
  });

  it('is a mention, without the name, also in a thread', () => {
    const event = { ...mention, text: '<@U0BOT> give <@U0TOM> ePIC', thread_ts: '1.1' };
    expect(heardIn(event, ME)).toEqual({
      user: 'U0LENA',
      channel: 'C0TEAM',
      isPrivate: false,
      text: 'give <@U0TOM> ePIC',
      thread: '1.1',
    });
  });

  it.each([
    ['a message of a bot', { ...direct, bot_id: 'B1' }],
    ['a mention by a bot', { ...mention, bot_id: 'B1' }],
    ['a message of an older bot', { ...direct, user: undefined, subtype: 'bot_message' }],
    ['its own message', { ...direct, user: ME }],
    ['an edit', { ...direct, user: undefined, subtype: 'message_changed', message: direct }],
    ['an edited mention', { ...mention, edited: { user: 'U0LENA', ts: '2' } }],
    ['a deletion', { ...direct, user: undefined, subtype: 'message_deleted' }],
    ['that somebody joined', { ...direct, subtype: 'channel_join' }],
    ['what was said in /me', { ...direct, subtype: 'me_message' }],
    ['a reply in a thread', { ...direct, thread_ts: '1.1' }],
    ['a message in a channel', { ...direct, channel_type: 'channel' }],
    ['a message among several people', { ...direct, channel_type: 'mpim' }],
    ['nothing', null],
    ['another event', { type: 'reaction_added', user: 'U0LENA' }],
  ])('is not %s', (_, event) => {
    expect(heardIn(event, ME)).toBeNull();
  });
});
