import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approvalOf, approves, asks, linked, opensReview, statusOf } from './acting.js';
import { lastRequest, onTop, opens, refusalsOnRecord, submits } from './acts.js';
import { CHANNELS, type Desk, openDesk, PEOPLE } from './desk.js';
import { at, conversation, life, mark, members, USE, writesSince } from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ lasting: true });
  await linked(desk, 'lena');
});
afterEach(() => desk.stop());

const MINUTE = 60_000;
const WORKING = [
  'One moment…',
  'You can close this; what becomes of it also reaches you as a message.',
];
const SENT =
  `Sent to curator or admin (${at('ada')}, ${at('cora')} and ${at('cem')}). You’ll get a message. ` +
  '`/handle requests` shows where it stands; there you can also withdraw it.';

/** What is stored waits from now on, as if the process were about to be killed. */
const freezes = (): Promise<void> => desk.bot.worker.stop(0);

async function diesAndComesBack(): Promise<void> {
  desk.dies();
  await desk.comesBack();
  await desk.passes(MINUTE);
}

/** Sends the form on top, sees that it can be closed, and closes it. */
async function sendsAndCloses(
  who: 'lena' | 'cora',
  fields: Parameters<typeof submits>[2],
): Promise<void> {
  expect((await submits(desk, who, fields)).outcome).toBe('ok');
  expect(screen(onTop(desk, who))).toEqual(WORKING);
  await desk.as(who).closes({ all: true });
}

/** Sends a decision that nobody works on: its form closes all the same. */
async function sendsDecision(fields: Parameters<typeof submits>[2]): Promise<void> {
  expect((await submits(desk, 'cora', fields)).outcome).toBe('ok');
  expect(desk.as('cora').modal).toBeNull();
}

/**
 * Does something whose answer never leaves: the bot dies once it is done, before it can say so. It finds what it did when it
 * is done again.
 */
async function diesUnanswered(
  act: () => Promise<unknown>,
  isDone: () => boolean | Promise<boolean>,
): Promise<void> {
  desk.slack.faults.add({ kind: 'hang', method: 'views.update' });
  await act();
  await comes(isDone);
  await diesAndComesBack();
}

async function comes(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 4000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It never came.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const wordsOnRecord = async (): Promise<readonly string[]> =>
  (await desk.audit()).map((it) => it.what);
const linesOf = async (what: string): Promise<number> =>
  (await wordsOnRecord()).filter((it) => it === what).length;
const isUnbroken = async (): Promise<boolean> =>
  (await desk.bot.services.store.audit.verify()).brokenAt === null;

describe('a request whose form was taken', () => {
  it('is stored though the bot died before it looked at it, and who closed the form hears of it', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    await freezes();
    await sendsAndCloses('lena', { reason: 'Survey data for my thesis' });
    expect(await linesOf('asked')).toBe(0);
    await diesAndComesBack();
    const { id, reason } = await lastRequest(desk);
    expect(reason).toBe('Survey data for my thesis');
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: previewed']);
    expect(conversation(desk, desk.told('lena'))).toEqual([SENT]);
    expect(wordsOf(approvalOf(desk, id))).toMatch(/^⏳ <@U0LENA> asks to use \*DataCite\* /);
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
    expect(await isUnbroken()).toBe(true);
  });

  it('is one request though the bot died before it could say so, and is said in the form that is still open', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    await diesUnanswered(
      () => submits(desk, 'lena', { reason: 'Survey data for my thesis' }),
      async () => (await linesOf('asked')) === 1,
    );
    const { id } = await lastRequest(desk);
    expect(screen(onTop(desk, 'lena'))).toEqual([SENT]);
    expect(await desk.bot.services.store.requests.find({})).toHaveLength(1);
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: previewed']);
    expect(desk.told('lena')).toEqual([]);
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
  });

  it('is not refused for what it did itself before the bot died', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    await opens(desk, 'lena', '/handle done');
    await diesUnanswered(
      () => submits(desk, 'lena'),
      async () =>
        members(desk)['lena'] === undefined && (await lastRequest(desk)).status === 'done',
    );
    const { id } = await lastRequest(desk);
    expect(screen(onTop(desk, 'lena'))).toEqual([
      'It is being carried out. You’ll get a message as soon as Onezone has confirmed it.',
    ]);
    expect(await refusalsOnRecord(desk)).toEqual([]);
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: started', 'bot: carried out']);
    expect(conversation(desk, desk.told('lena')).slice(1)).toEqual([
      '✅ Given back: your access to *DataCite* has ended. Thank you.\nNothing of it is left.',
    ]);
  });
});

describe('an agreement', () => {
  it('by the button counts though the bot died before it looked at it', async () => {
    const id = await asks(desk, 'lena');
    const from = mark(desk);
    await freezes();
    const click = await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    expect(click.outcome).toBe('ok');
    expect(await statusOf(desk, id)).toBe('pending');
    await diesAndComesBack();
    await isDoneOnce(id, from);
    expect(desk.told('cora')).toEqual([]);
  });

  it('in the review counts too', async () => {
    const id = await asks(desk, 'lena');
    const from = mark(desk);
    await opensReview(desk, 'cora', id);
    await freezes();
    await sendsDecision({ verdict: 'approve', comment: 'Fine' });
    expect(await statusOf(desk, id)).toBe('pending');
    await diesAndComesBack();
    await isDoneOnce(id, from);
    expect(desk.told('cora')).toEqual([]);
  });

  it('counts once though the bot died before it could say so', async () => {
    const id = await asks(desk, 'lena');
    const from = mark(desk);
    await opensReview(desk, 'cora', id);
    // App Home, drawn anew before the job is over, is what hangs here.
    desk.slack.faults.add({ kind: 'hang', method: 'views.publish' });
    await submits(desk, 'cora', { verdict: 'approve', comment: 'Fine' });
    await comes(async () => (await statusOf(desk, id)) === 'done');
    await diesAndComesBack();
    await isDoneOnce(id, from);
    expect(desk.as('cora').modal).toBeNull();
    expect(await refusalsOnRecord(desk)).toEqual([]);
  });

  async function isDoneOnce(id: string, from: number): Promise<void> {
    expect(await life(desk, id)).toEqual([
      'U0LENA: asked',
      'bot: previewed',
      'U0CORA: approved',
      'bot: started',
      'bot: carried out',
    ]);
    expect(members(desk)).toEqual({ lena: USE });
    expect(writesSince(desk, from)).toEqual(['PUT /handle_services/‹DataCite›/users/‹lena› 201']);
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    expect(await isUnbroken()).toBe(true);
  }
});

describe('a denial', () => {
  it('counts though the bot died before it looked at it', async () => {
    const id = await asks(desk, 'lena');
    await desk.as('cora').clicks(approvalOf(desk, id), 'request_deny');
    await desk.slack.until(() => desk.as('cora').modal !== null, 'the form');
    await freezes();
    await sendsDecision({ comment: 'Ask for ePIC' });
    await diesAndComesBack();
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: previewed', 'U0CORA: denied']);
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.told('cora')).toEqual([]);
  });
});

describe('a withdrawal', () => {
  it('counts though the bot died before it looked at it, and is said in a message', async () => {
    const id = await asks(desk, 'lena');
    await freezes();
    const typed = await desk.as('lena').types(`/handle withdraw ${id}`, { channel: CHANNELS.team });
    expect(typed).toMatchObject({ outcome: 'ok' });
    expect(await statusOf(desk, id)).toBe('pending');
    await diesAndComesBack();
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: previewed', 'U0LENA: withdrawn']);
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `${id} is withdrawn. Nobody is asked any more.`,
    ]);
    expect(wordsOf(approvalOf(desk, id))).toMatch(/^↩️ \*Withdrawn:\* /);
  });

  it('is not refused for what it did itself before the bot died', async () => {
    const id = await asks(desk, 'lena');
    // The answer to a command goes to an address of its own; App Home, drawn anew before the job is over, is what hangs here.
    desk.slack.faults.add({ kind: 'hang', method: 'views.publish' });
    await desk.as('lena').types(`/handle withdraw ${id}`, { channel: CHANNELS.team });
    await comes(async () => (await statusOf(desk, id)) === 'withdrawn');
    await diesAndComesBack();
    expect(await life(desk, id)).toEqual(['U0LENA: asked', 'bot: previewed', 'U0LENA: withdrawn']);
    expect(await refusalsOnRecord(desk)).toEqual([]);
  });
});

describe('a link', () => {
  const isLinked = async (): Promise<void> => {
    const link = await desk.bot.services.store.links.ofSlack(PEOPLE.tom);
    expect(link).toMatchObject({ onezone: desk.onezoneIds.tom, by: PEOPLE.cora });
    const lines = (await desk.audit()).filter(
      (it) => it.what === 'linked' && it.people.includes(PEOPLE.tom),
    );
    expect(lines.map((it) => [it.who, it.detail])).toEqual([
      [PEOPLE.cora, { onezone: desk.onezoneIds.tom, how: 'by hand' }],
    ]);
    expect(await isUnbroken()).toBe(true);
  };

  it('is stored though the bot died before it looked at it, and who closed the form hears of it', async () => {
    await opens(desk, 'cora', '/handle link @tom tom@example.org');
    await freezes();
    await sendsAndCloses('cora', {});
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.tom)).toBeNull();
    await diesAndComesBack();
    await isLinked();
    expect(conversation(desk, desk.told('cora'))).toEqual([
      'It is being carried out. You’ll get a message as soon as Onezone has confirmed it.',
      `✅ ${at('tom')} is *tom of Onezone* (\`tom\`, Onezone \`‹tom›\`) in Onezone\n` +
        'They are told, and can say that it is not them. You do not agree to what they ask for while it is your word that links them.',
    ]);
  });

  it('is stored once though the bot died before it could say so', async () => {
    await opens(desk, 'cora', '/handle link @tom tom@example.org');
    await diesUnanswered(
      () => submits(desk, 'cora'),
      async () => (await desk.bot.services.store.links.ofSlack(PEOPLE.tom)) !== null,
    );
    await isLinked();
    expect(screen(onTop(desk, 'cora'))).toEqual([expect.stringContaining('is being carried out.')]);
    expect(desk.told('cora')).toHaveLength(1);
  });
});

describe('an unlinking', () => {
  it('counts though the bot died before it looked at it, and is said in a message', async () => {
    await opens(desk, 'cora', '/handle unlink @lena');
    await freezes();
    await sendsAndCloses('cora', {});
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.lena)).not.toBeNull();
    await diesAndComesBack();
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.lena)).toBeNull();
    expect(await linesOf('unlinked')).toBe(1);
    expect(desk.told('cora').at(-1)).toMatch(/^✅ <@U0LENA> is no longer /);
  });
});
