import fc from 'fast-check';
import { readMrkdwn } from '../../web/blocks/mrkdwn.js';
import { cleanLine, cleanText } from '../../src/markup/clean.js';
import { codePoints, cut, cutMarkup } from '../../src/markup/cut.js';
import { bold, code, link, mention, mrkdwn, sentence } from '../../src/markup/markup.js';
import * as parts from '../../src/markup/parts.js';
import { plainText } from '../../src/markup/plain.js';
import { createBlockKitCheck, worded } from '../../src/sandbox/slack/blockkit/check.js';
import { terminalWords } from '../../src/sandbox/demo/terminal-words.js';
import { drawParts } from '../../src/slack/surfaces/render/draw-parts.js';
import { limits } from '../../src/slack/surfaces/render/limits.js';
import { drawMessage, modal } from '../../src/slack/surfaces/render/whole.js';
import { text } from './inputs.js';
import { must, type Property, property } from './property.js';

const check = createBlockKitCheck();

/** No `<`, `>` or `&` but in what this project writes: mentions of people, dates, links with a label, entities. */
function mustBeMrkdwn(markup: string): void {
  must(!/\p{Cs}/u.test(markup), 'half a character');
  const rest = markup.replace(/<(?:@[UW][A-Z0-9]+|!date\^[^<>]*|https?:[^<>|]*\|[^<>|]*)>/g, '');
  must(!/[<>]/.test(rest), 'a bracket is not escaped');
  must(!/&(?!(?:amp|lt|gt);)/.test(rest), 'an & is not escaped');
}

const written = (said: string) => [
  mrkdwn`so ${said} it is`,
  bold(said),
  code(said),
  sentence(said),
  sentence(said, { people: true }),
  mention(said),
  link(said, said),
  link('https://zone.example', said),
];

/** What is written for Slack, whoever wrote the words in it. */
export const markupProperties: readonly Property[] = [
  property('escaping', text, (said) => {
    for (const { markup } of written(said)) mustBeMrkdwn(markup);
  }),
  property('cutting', fc.tuple(text, fc.integer({ min: 4, max: 200 })), ([said, max]) => {
    for (const { markup } of written(said)) {
      const short = cutMarkup(markup, max);
      mustBeMrkdwn(short);
      must(codePoints(short) <= max, 'too long');
    }
    must(codePoints(cut(said, max)) <= max, 'plain text is too long');
  }),
  property('cleaning', text, (said) => {
    const clean = cleanText(said);
    must(cleanText(clean) === clean, 'cleaned twice it is another');
    must(!/[\n\r]/.test(cleanLine(said)), 'this is more than a line');
  }),
  property('reading markup again', text, (said) => {
    for (const { markup } of written(said)) {
      plainText({ markup });
      terminalWords(markup, (id) => id);
      readMrkdwn(markup);
    }
    readMrkdwn(said);
  }),
  property('drawing', text, (said) => {
    const all: readonly parts.Part[] = [
      parts.sections(written(said)),
      parts.fields([[said, mrkdwn`${said}`]]),
      parts.context(mrkdwn`${said}`),
      parts.header(said),
      parts.userText({ label: said, by: said, text: said }),
      parts.preformatted(said),
      parts.actions({ text: said, says: said, action: 'act', value: 'v' }),
    ];
    const message = drawMessage(parts.message(mrkdwn`${said}`, all));
    mustBeMrkdwn(message.text);
    must(codePoints(message.text) <= limits.fallback, 'the text is too long');
    const blocks = drawParts(all);
    const view = modal({ callback: 'c', title: said, close: said, metadata: '', blocks });
    const problems = [...check.message(message.blocks), ...check.view(view)];
    must(problems.length === 0, problems.map(worded).join('; '));
  }),
];
