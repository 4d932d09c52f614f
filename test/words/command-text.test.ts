import { describe, expect, it } from '@jest/globals';
import { parseWords } from '../../src/slack/listeners/command-text.js';

describe('what is typed behind a command, or said', () => {
  it.each([
    ['<@U0TOM|tom> DataCite <@U0TOM>', ['U0TOM'], 'DataCite'],
    ['a &lt;b&gt; &amp;amp; c', [], 'a <b> &amp; c'],
    ['see <https://a.example|here> <#C0TEAM|team>', [], 'see here team'],
    // What has no label is not lost.
    ['<!channel> <#C0TEAM> <!subteam^S0A>', [], '!channel #C0TEAM !subteam^S0A'],
    // Whoever is named in a reason gets nothing.
    ['DataCite <@U0TOM> because <@U0ADA|ada> left', ['U0TOM'], 'DataCite because @U0ADA left'],
  ])('%s', (text, people, rest) => {
    expect(parseWords(text)).toEqual({ people, rest });
  });
});
