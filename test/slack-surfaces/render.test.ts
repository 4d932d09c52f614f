import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanLine, cleanText } from '../../src/markup/clean.js';
import { codePoints, cut, cutMarkup } from '../../src/markup/cut.js';
import * as parts from '../../src/markup/parts.js';
import { drawParts } from '../../src/slack/surfaces/render/draw-parts.js';
import { input, option, radioButtons, textInput } from '../../src/slack/surfaces/render/inputs.js';
import {
  bold,
  code,
  joined,
  lines,
  link,
  mention,
  moment,
  mrkdwn,
  sentence,
} from '../../src/markup/markup.js';
import { characters, drawMessage, home, modal } from '../../src/slack/surfaces/render/whole.js';
import { NOW } from '../builders.js';
import { expectValidMessage, expectValidView, markupIn } from './valid.js';

/** What somebody might write to get more than words onto the screen, between anything else. */
const nasty = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<!here|x>',
    '<@U0ADMIN>',
    '<https://evil.example|Approve>',
    'https://evil.example/x',
    '`',
    '```',
    '*bold*',
    '_x_',
    '~x~',
    ':white_check_mark:',
    '&lt;!channel&gt;',
    '\u202e',
    '\u200b',
    '\ud83d',
    '👩‍👩‍👧‍👦',
    '> quote',
    '\n',
    '\u0000',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const anyText = fc.oneof(
  fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.array(nasty, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('').repeat(400)),
);

const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

/** No token but those that this project makes: mentions of users, dates, links with a label. */
function expectHarmless(markup: string): void {
  expect(isWellFormed(markup)).toBe(true);
  const tokens = markup.match(/<[^>]*>?/gu) ?? [];
  expect(tokens.filter((it) => !/^<(?:@[UW][A-Z0-9]+|!date\^[^>]*)>$/u.test(it))).toEqual([]);
  expect(markup.replace(/<[^>]*>/gu, '')).not.toMatch(/>|&(?!(?:amp|lt|gt);)/u);
}

describe('what a person wrote', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U0ADMIN> & co', '&lt;@U0ADMIN&gt; &amp; co'],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['*b* _i_ ~s~ `c`', '∗b∗ ˍiˍ ∼s∼ ˋcˋ'],
    ['snake_case stays', 'snake_case stays'],
    [':ok: 10:30:15', '∶ok: 10∶30:15'],
    ['two\nlines\tand  more', 'two lines and more'],
    ['> said', '› said'],
    ['a\u202eb\u200bc\ufeffd', 'abcd'],
    ['half \ud83d of it', 'half \ufffd of it'],
  ])('is only words: %j', (text, markup) => {
    expect(mrkdwn`${text}`.markup).toBe(markup);
  });

  it('cannot leave a code span', () => {
    expect(code('a`b <!here>\n*c*').markup).toBe('`aˋb &lt;!here&gt; *c*`');
  });

  it('is harmless in any markup', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const made = [
          mrkdwn`${one} and ${other}`,
          bold(one),
          code(other),
          mention(one),
          sentence(one),
          sentence(other, { people: true }),
          link(one, other),
          joined([mrkdwn`${one}`, code(other)]),
        ];
        for (const { markup } of made.slice(0, 6)) expectHarmless(markup);
        expect(code(one).markup.replace(/^`|`$/gu, '')).not.toContain('`');
        expect(mrkdwn`${one}`.markup).not.toMatch(/[*~`]|:[a-z0-9_+-]+:/iu);
      }),
    );
  });

  it('loses what is not seen and nothing else', () => {
    expect(cleanText('a\r\nb\u2028c\u0007')).toBe('a\nb\nc');
    expect(cleanLine('  ÄÖ 漢字 ا\u200fب 👍🏽 ')).toBe('ÄÖ 漢字 اب 👍🏽');
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text);
        expect(isWellFormed(clean)).toBe(true);
        expect(clean).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});

describe('a mention, a date, a link', () => {
  it('is a token only for what it can be', () => {
    expect(mention('U0LENA').markup).toBe('<@U0LENA>');
    expect(mention('U0LENA>|<!channel>').markup).toBe('U0LENA&gt;|&lt;!channel&gt;');
    expect(moment(NOW).markup).toBe(
      '<!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>',
    );
    expect(link('https://zone.example.org/a?b=1&c=<d>|e', 'Zone | <x>').markup).toBe(
      '<https://zone.example.org/a?b=1&amp;c=%3Cd%3E%7Ce|Zone ¦ &lt;x&gt;>',
    );
    expect(link('javascript:alert(1)', 'Zone').markup).toBe('Zone');
    expect(link('not an address', 'Zone').markup).toBe('Zone');
  });
});

describe('a sentence of the bot', () => {
  it('keeps its code and, if asked to, its mentions', () => {
    const text = 'Someone who may link can type `/handle link` <@U0LENA>.';
    expect(sentence(text, { people: true }).markup).toBe(text);
    expect(sentence(text).markup).toBe(
      'Someone who may link can type `/handle link` &lt;@U0LENA&gt;.',
    );
    expect(sentence('No service is called “<!here> *x*”.', { people: true }).markup).toBe(
      'No service is called “&lt;!here&gt; ∗x∗”.',
    );
  });
});

describe('cutting', () => {
  it('tears no token, no entity, no code span and no character', () => {
    expect(cut('👍👍👍', 2)).toBe('👍…');
    expect(cutMarkup('ab &lt;cd', 8)).toBe('ab…');
    expect(cutMarkup('hello <@U0LENA> again', 12)).toBe('hello…');
    expect(cutMarkup('a `long code span` b', 10)).toBe('a `long`…');
  });

  it('keeps any markup valid at any length', () => {
    const parts = fc.array(
      fc.oneof(
        anyText.map((text) => mrkdwn`${text}`),
        anyText.map((text) => code(text)),
        fc.constant(mention('U0LENA')),
        fc.constant(moment(NOW)),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 3, max: 400 }), (all, max) => {
        const short = cutMarkup(joined(all, ' ').markup, max);
        expect(codePoints(short)).toBeLessThanOrEqual(max);
        expectHarmless(short);
        expect(short.split('`').length % 2).toBe(1);
      }),
    );
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const short = cut(cleanText(text), max);
        expect(codePoints(short)).toBeLessThanOrEqual(max);
        expect(isWellFormed(short)).toBe(true);
      }),
    );
  });
});

describe('blocks', () => {
  const everyPart = (one: string, other: string) => [
    parts.header(one),
    parts.section(
      mrkdwn`${one}`,
      parts.button({ text: one, says: other, action: 'a', value: other, confirm: ask(one, other) }),
    ),
    parts.sections([mrkdwn`${one}`, code(other)]),
    parts.list(bold(one), [mrkdwn`${other}`]),
    parts.fields(Array.from({ length: 11 }, () => [one, mrkdwn`${other}`] as const)),
    parts.context(mrkdwn`${one}`, code(other)),
    parts.divider(),
    parts.userText({ label: 'Reason', by: other, text: one }),
    parts.preformatted(one),
  ];
  const ask = (one: string, other: string) =>
    parts.confirmation({
      title: one,
      text: lines([mrkdwn`${one}`, code(other)]),
      yes: one,
      no: other,
    });

  it('are taken by Slack whatever people write into them', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const press = parts.button({ text: one, says: other, action: 'a', value: 'v' });
        const said = drawMessage(
          parts.message(mrkdwn`${one} ${other}`, [...everyPart(one, other), parts.actions(press)]),
        );
        expectValidMessage(said);
        expectHarmless(said.text);
        for (const markup of markupIn(said.blocks)) expectHarmless(markup);
        expect(said.blocks.at(-1)?.type).toBe('actions');
      }),
      { numRuns: 60 },
    );
  });

  it('make valid views whatever people write into them', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const choice = option({ text: one, value: 'v', description: other });
        const inputs = [
          input({
            block: 'b1',
            label: one,
            hint: other,
            element: radioButtons('r', [choice]),
          }),
          input({
            block: 'b2',
            label: other,
            element: textInput('t', { placeholder: one }),
          }),
        ];
        const words = { callback: 'c', title: one, submit: other, close: one, metadata: '{}' };
        const view = modal({ ...words, blocks: [...drawParts(everyPart(one, other)), ...inputs] });
        expectValidView(view);
        expectValidView(home(everyPart(one, other)));
        for (const markup of markupIn(view)) expectHarmless(markup);
      }),
      { numRuns: 60 },
    );
  });

  it('say a user’s text only as rich text, where nothing is markup', () => {
    const text = '<!channel> *x* `y`';
    const drawn = drawParts([parts.userText({ label: 'Reason', by: 'U0LENA', text })]);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toHaveProperty('elements.1', {
      type: 'rich_text_quote',
      elements: [{ type: 'text', text }],
    });
    expect(markupIn(drawn)).toEqual([]);
  });

  it('leave out a value that does not fit rather than send another one', () => {
    const press = parts.button({ text: 'Go', says: 'Go', action: 'a', value: 'v'.repeat(2001) });
    const [drawn] = drawParts([parts.actions(press)]);
    expect(drawn).toHaveProperty('elements.0.action_id', 'a');
    expect(drawn).not.toHaveProperty('elements.0.value');
  });
});

describe('a message that is too long', () => {
  const long = Array.from({ length: 60 }, (_, index) =>
    parts.section(mrkdwn`${index} ${'x'.repeat(900)}`),
  );
  const press = parts.actions(parts.button({ text: 'Go', says: 'Go', action: 'a', value: 'v' }));

  it('loses its last words, never its buttons, and says so', () => {
    const { blocks: kept } = drawMessage(parts.message(mrkdwn`x`, [...long, press]));
    expectValidMessage({ text: 'x', blocks: kept });
    const note = parts.context(mrkdwn`Shortened: this is more than Slack shows at once.`);
    expect(kept.slice(-2)).toEqual(drawParts([note, press]));
    expect(kept.slice(0, 1)).toEqual(drawParts(long.slice(0, 1)));
    expect(characters(kept)).toBeGreaterThan(8000);
  });

  it('has at most fifty blocks, a view a hundred', () => {
    const many = Array.from({ length: 130 }, () => parts.divider());
    expect(drawMessage(parts.message(mrkdwn`x`, many)).blocks).toHaveLength(50);
    expect(home(many).blocks).toHaveLength(100);
  });
});
