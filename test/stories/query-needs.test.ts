import { afterEach, expect, it } from '@jest/globals';
import { mrkdwn } from '../../src/markup/markup.js';
import { message } from '../../src/markup/parts.js';
import { defineQuery } from '../../src/queries/query.js';
import { runQuery } from '../../src/slack/listeners/answer-query.js';
import { refusalsOnRecord } from './acts.js';
import { type Desk, openDesk, PEOPLE, POLICY } from './desk.js';

let desk: Desk;
afterEach(() => desk.stop());

/** A query of the future, which not everybody may ask. */
const secrets = defineQuery({
  word: 'secrets',
  usage: 'secrets',
  summary: 'What not everybody may know.',
  needs: 'audit',
  asksOnezone: false,
  run: () => Promise.resolve('known to auditors'),
  answer: (known) => message(mrkdwn`${known}`, []),
});

it('is answered to those who may, and refused to others on record, whatever help shows them', async () => {
  desk = await openDesk({
    policy: POLICY.replace('  link:', '  audit: { may: [admin] }\n  link:'),
  });
  const { services } = desk.bot;
  const text = { people: [], rest: '' };
  const answer = await runQuery(services, secrets, { by: PEOPLE.ada, text });
  expect(answer.text).toEqual(mrkdwn`known to auditors`);
  await expect(runQuery(services, secrets, { by: PEOPLE.lena, text })).rejects.toMatchObject({
    name: 'Refusal',
    code: 'notInRole',
  });
  expect(await refusalsOnRecord(desk)).toEqual([
    expect.stringMatching(/^U0LENA secrets: notInRole: /),
  ]);
});
