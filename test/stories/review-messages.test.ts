import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approvalOf, approves, asks, linked, reviews, statusOf, stored } from './acting.js';
import { onTop, opens, sends } from './acts.js';
import { CHANNELS, type Desk, HOUR, openDesk, PEOPLE, POLICY } from './desk.js';
import { at, conversation, life, onRecord, reads } from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena', 'tom');
});
afterEach(() => desk.stop());

const MINUTE = 60_000;
const POST = 'chat.postMessage';
const SENT = `Sent to curator or admin (${at('ada')}, ${at('cora')} and ${at('cem')}). You’ll get a message.`;
const away = { kind: 'status', status: 503, times: 1000 } as const;

describe('an access that is over before Slack takes a message', () => {
  it('is neither announced nor welcomed', async () => {
    desk.slack.faults.add({ ...away, method: POST });
    const id = await asks(desk, 'cora', { people: ['lena'], duration: '8h' });
    await desk.passes(8 * HOUR + MINUTE);
    await desk.passes(HOUR);
    desk.slack.faults.clear();
    await desk.passes(2 * MINUTE);
    expect(await statusOf(desk, id)).toBe('done');
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    expect(conversation(desk, desk.told('lena'))).toEqual([
      '🏁 Your access to *DataCite* has ended. Nothing of it is left.',
    ]);
  });

  it('is not said to be granted to nobody while Onezone is away at its end', async () => {
    await asks(desk, 'cora', { people: ['lena', 'tom'], duration: '8h' });
    desk.zone.faults.add({ kind: 'status', status: 503, times: 1000 });
    await desk.passes(8 * HOUR + MINUTE);
    expect(conversation(desk, desk.told('cora'))).toEqual([
      '✅ The time to use *DataCite* until ‹8h› is up, and the access is being taken back\n' +
        `${at('lena')}: access is being taken back\n${at('tom')}: access is being taken back`,
    ]);
  });
});

describe('Onezone away twice', () => {
  it('is told twice, under two support ids, when it had answered in between', async () => {
    const outage = { kind: 'status', status: 503, times: 1000 } as const;
    desk.zone.faults.add(outage);
    const id = await asks(desk, 'lena');
    desk.zone.faults.clear();
    await desk.passes(2 * MINUTE);
    expect(await stored(desk, id)).toMatchObject({ postponed: false });
    desk.zone.faults.add(outage);
    await approves(desk, 'cora', id);
    await desk.passes(MINUTE);
    const kept = (await onRecord(desk, id)).filter((it) => it.what === 'kept waiting');
    expect(kept).toHaveLength(2);
    const ids = desk.texts(CHANNELS.ops).map((it) => /Look for `(\w+)`/.exec(it)?.[1]);
    expect(new Set(ids).size).toBe(2);
    expect(desk.told('lena').filter((it) => it.includes('not answering'))).toHaveLength(2);
  });
});

describe('a message on which Slack always chokes', () => {
  it('is taken out of its lane, tried on, and told to the operators once', async () => {
    const id = await asks(desk, 'lena');
    desk.slack.faults.add({
      kind: 'error',
      error: 'fatal_error',
      method: 'chat.update',
      times: 60,
    });
    await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    await desk.slack.until(() => desk.slack.calls.some((it) => it.method === 'chat.update'), 'it');
    await desk.works();
    const other = await asks(desk, 'tom');
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
    for (let round = 0; round < 28; round += 1) await desk.passes(2 * MINUTE);
    expect(wordsOf(approvalOf(desk, other))).toMatch(/^⏳ <@U0TOM> asks to use \*DataCite\* /);
    expect(desk.texts(CHANNELS.ops)).toEqual([
      `📪 The *approval* message of ${id} could not be delivered to \`${CHANNELS.desk}\`. Slack says: \`fatal_error\`\n` +
        'It is tried on, and no other message waits for it. The request itself is not held up by this.',
    ]);
    desk.slack.faults.clear();
    await desk.passes(2 * MINUTE);
    expect(wordsOf(approvalOf(desk, id))).toMatch(/^✅ <@U0LENA> can use \*DataCite\* until /);
  });
});

describe('a reminder', () => {
  it('says so when it no longer waits', async () => {
    const remind = '\nrequests: { remind_after: 1d }\n';
    await desk.policy(POLICY + remind);
    const id = await asks(desk, 'lena');
    await desk.passes(25 * HOUR);
    expect(
      desk.texts(CHANNELS.desk).filter((it) => it.startsWith('⏳ *Still waiting')),
    ).toHaveLength(1);
    await approves(desk, 'cora', id);
    expect(desk.texts(CHANNELS.desk).filter((it) => it.startsWith('⏳ *Still waiting'))).toEqual(
      [],
    );
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toContainEqual(
      expect.stringMatching(/^✅ \*No longer waiting \(Done\):\* /),
    );
  });
});

describe('a policy that is refused', () => {
  it('is told to the operators, with what is wrong, and so is the next', async () => {
    await expect(desk.policy('version: 1\nroles: 7\n')).rejects.toThrow();
    await desk.slack.until(() => desk.texts(CHANNELS.ops).length === 1, 'a word to the operators');
    expect(desk.texts(CHANNELS.ops)[0]).toMatch(
      /^⚠️ The changed policy file was refused; the policy before it stays in force\./,
    );
    await expect(desk.policy('version: 1\nroles: 8\n')).rejects.toThrow();
    await desk.slack.until(() => desk.texts(CHANNELS.ops).length === 2, 'another');
  });
});

describe('a form after which Slack cannot draw', () => {
  it('is drawn at the second attempt', async () => {
    desk.slack.faults.add({ kind: 'status', status: 503, method: 'views.update' });
    await opens(desk, 'lena', '/handle request DataCite');
    const view = await sends(desk, 'lena', { reason: 'For my thesis' });
    expect(screen(view)[0]).toContain(SENT);
    expect(desk.told('lena')).toEqual([]);
  });

  it('is answered by message when the second attempt fails too', async () => {
    desk.slack.faults.add({ kind: 'status', status: 503, method: 'views.update', times: 2 });
    await opens(desk, 'lena', '/handle request DataCite');
    await desk.as('lena').submits({ reason: 'For my thesis' });
    await desk.slack.until(() => desk.told('lena').length > 0, 'a message');
    expect(desk.told('lena')).toEqual([expect.stringContaining(SENT)]);
    expect(onTop(desk, 'lena').callback_id).toBe('working');
  });
});

describe('an agreement to something that has changed since', () => {
  it('is shown nowhere as one', async () => {
    await desk.policy(POLICY.replace(/(?<=  grant: .*count: )1/, '2'));
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toContain(
      `Needs 2 agreements from curator or admin: ${at('cora')} (‹0d›) agreed; 1 more needed.`,
    );
    const service = desk.zone.state.handleServices[desk.datacite];
    if (service === undefined) throw new Error('There is no DataCite.');
    service.users[desk.onezoneIds.lena] = ['handle_service_view'];
    const said = await reviews(desk, 'cem', id, { verdict: 'approve', comment: 'Fine with me' });
    // The form comes back with the new effect and with what was written.
    expect(said.join('\n')).toContain('has changed since this message was drawn');
    expect(Object.values(onTop(desk, 'cem').values['comment'] ?? {})[0]).toMatchObject({
      value: 'Fine with me',
    });
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(
      `⏳ ${at('lena')} asks to use *DataCite* for 90 days\n\n> Survey data for my thesis\n` +
        `${at('lena')}: lena in Onezone (linked) · a member already, who gets more\n` +
        '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.\n' +
        'Needs 2 agreements from curator or admin.',
    );
    expect(await life(desk, id)).toContain(`${PEOPLE.cora}: approved`);
  });
});
