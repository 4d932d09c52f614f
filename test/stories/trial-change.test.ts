import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { changes } from '../../src/changes/index.js';
import { inspect } from '../support/trial-change.js';
import { approvalOf, approves, asks, linked, opensReview, statusOf } from './acting.js';
import {
  answered,
  answerTo,
  lastRequest,
  onTop,
  opens,
  refusalsOnRecord,
  sends,
  told,
  typed,
} from './acts.js';
import { CHANNELS, type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import { at, conversation, onRecord, reads } from './reading.js';
import { screen, wordsOf } from './screen.js';

const Manifest = z.looseObject({
  features: z.looseObject({
    slash_commands: z.array(z.looseObject({ command: z.string() })),
    shortcuts: z.array(z.looseObject({ callback_id: z.string() })),
  }),
});

/** What an operator adds to the Slack app: the change's own command and shortcut. */
function withInspect(manifest: unknown): unknown {
  const { features, ...rest } = Manifest.parse(manifest);
  const [command] = features.slash_commands;
  const [shortcut] = features.shortcuts;
  return {
    ...rest,
    features: {
      ...features,
      slash_commands: [...features.slash_commands, { ...command, command: '/handle-inspect' }],
      shortcuts: [
        ...features.shortcuts,
        { ...shortcut, callback_id: 'inspect_service', name: 'Inspect' },
      ],
    },
  };
}

const POLICY_WITH_UPDATE = POLICY.replace(
  '  link:',
  '  update: { may: [everyone], approve: { by: [curator], count: 1 } }\n  link:',
);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({
    policy: POLICY_WITH_UPDATE,
    changes: [...changes, inspect],
    manifest: withInspect,
  });
  await linked(desk, 'lena', 'tom');
});
afterEach(() => desk.stop());

const fields = { how: 'with care', note: 'slow', reason: 'It is slow' };

it('a change that is one module and one line goes through command, form, policy, approval, effect, messages and record', async () => {
  expect(await told(desk, 'lena', '/handle help')).toContain(
    '`/handle inspect [@person …] [SERVICE]` Have a handle service looked at.',
  );
  const form = await opens(desk, 'lena', '/handle inspect @tom DataCite');
  expect(screen(form)).toEqual(
    expect.arrayContaining([
      '[Handle service]',
      '[On behalf of]',
      '[How]',
      '[Note]',
      '[Why]',
      'Nothing is changed by looking.',
    ]),
  );
  expect(typed(form)).toMatchObject({ service: desk.datacite, people: [PEOPLE.tom] });
  const sent = await desk.as('lena').submits({ ...fields, note: 'x'.repeat(21) });
  expect(sent.errors).toEqual({ note: 'Use at most 20 characters.' });
  await sends(desk, 'lena', fields);
  const { id } = await lastRequest(desk);
  await desk.works();
  const card = approvalOf(desk, id);
  expect(reads(desk, wordsOf(card))).toBe(
    `⏳ ${at('lena')} asks to look at *DataCite* with care\n\n> It is slow\n` +
      'How: with care. Nothing is changed.\n⚠️ Looking takes a while.',
  );
  expect(await opensReview(desk, 'cora', id)).toEqual([
    `⏳ *Waiting for agreement:* ${at('lena')} asks to look at *DataCite* with care.`,
    '*What approving would do*',
    '*How*\nwith care',
    `• ${at('tom')} is told`,
    '⚠️ Looking takes a while.',
    `Reason (in the words of ${at('lena')})\n> It is slow`,
    'Needs 1 agreement from curator. Nobody has agreed yet. Lapses ‹time› if nobody decides.',
    `Request ${id}, rule actions.update.approve`,
    '*What happened before*\n• Nothing with these people and this service.',
    '[Your decision]',
    '[Comment]',
  ]);
  await desk.as('cora').closes({ all: true });
  // Whom it is about never decides, which no change can forget to say.
  await approves(desk, 'cora', id);
  expect(await statusOf(desk, id)).toBe('done');
  expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual(['*DataCite* was looked at.']);
  expect(conversation(desk, desk.told('tom'))).toEqual(['*DataCite* was looked at for you.']);
  expect(conversation(desk, desk.told('lena'))).toEqual([
    `✅ Looked at: *DataCite* · ${at('cora')} approved\nIt is fine.`,
  ]);
  expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(
    `✅ *DataCite* was looked at · ${at('cora')} approved`,
  );
  expect((await opensReview(desk, 'cora', id)).join('\n')).toContain('Its proxy is');
  const [asked] = await onRecord(desk, id);
  expect(asked).toMatchObject({
    who: PEOPLE.lena,
    what: 'asked',
    detail: {
      change: 'inspect',
      wish: 'look at DataCite with care',
      how: 'with care',
      reason: 'It is slow',
    },
  });
  const lines = (await desk.audit()).filter((line) => line.request === id);
  expect(lines.every((line) => line.people.includes(PEOPLE.tom))).toBe(true);
});

it('is offered in Home, beside services and beside access, and by its own command and shortcut', async () => {
  await asks(desk, 'cora', { people: ['lena'] });
  await desk.as('lena').opensHome();
  await desk.slack.until(() => desk.slack.home(PEOPLE.lena) !== null, 'the Home tab');
  const home = screen(desk.slack.home(PEOPLE.lena));
  expect(home).toEqual(expect.arrayContaining(['(Inspect a service)', '(Inspect it)']));
  const mine = await answered(desk, 'lena', '/handle mine');
  expect(screen(mine)).toContain('(Inspect it)');
  await desk.as('lena').clicks(mine, 'open_inspect');
  await desk.slack.until(() => desk.as('lena').modal !== null, 'the form');
  expect(typed(onTop(desk, 'lena'))).toMatchObject({ service: desk.datacite });
  await desk.as('lena').closes({ all: true });
  const byCommand = await opens(desk, 'lena', '/handle-inspect DataCite');
  expect(byCommand.callback_id).toBe('form:inspect');
  await desk.as('lena').closes({ all: true });
  await desk.as('lena').uses('inspect_service');
  await desk.slack.until(() => desk.as('lena').modal !== null, 'the form');
  expect(onTop(desk, 'lena').callback_id).toBe('form:inspect');
});

it('is understood in words, without a word about it in the grammar', async () => {
  const answer = await answerTo(desk, 'lena', () =>
    desk.as('lena').mentionsBot('please inspect DataCite for @tom', CHANNELS.team),
  );
  expect(screen(answer)).toEqual([
    `*${inspect.form.title}*: *DataCite* · <@U0TOM>`,
    '(Open the form)',
    'Nothing happens before you send the form.',
  ]);
});

it('is refused by the policy like any other, and that is on record', async () => {
  await desk.policy(POLICY);
  await answered(desk, 'lena', '/handle inspect DataCite');
  expect(await refusalsOnRecord(desk)).toEqual([
    'U0LENA update: nobodyMay: The policy lets nobody update. (actions.update)',
  ]);
});

it('cannot be agreed to by whom it is about', async () => {
  await opens(desk, 'lena', '/handle inspect @cora DataCite');
  await linked(desk, 'cora');
  await sends(desk, 'lena', fields);
  const { id } = await lastRequest(desk);
  await desk.works();
  await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
  await desk.slack.until(() => desk.slack.ephemerals(PEOPLE.cora).length > 0, 'an answer');
  expect(desk.slack.ephemerals(PEOPLE.cora).at(-1)?.text).toContain(
    'This request is about your own access',
  );
});
