import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approvalOf, approves, asks, becomes, linked, opensReview, stored } from './acting.js';
import { onTop } from './acts.js';
import { CHANNELS, DAY, type Desk, openDesk } from './desk.js';
import { members, onRecord } from './reading.js';
import { wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

const quote = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
});
const RTL = '\u202Etxt.exe\u202C';

describe('a reason (peers’ case 8)', () => {
  it('is stored whole and shown without doing anything', async () => {
    const reason = `INC-42: a: b 🧪 <!channel> </|> <@U0CEM> *bold* ${RTL} &amp;`;
    const id = await asks(desk, 'lena', { reason });
    expect((await stored(desk, id)).reason).toBe(reason);
    expect((await onRecord(desk, id))[0]).toMatchObject({ detail: { reason } });
    const { text, blocks } = approvalOf(desk, id);
    // A text of which Slack makes nothing else, whatever stands in it.
    const quoted = 'INC-42: a: b 🧪 <!channel> </|> <@U0CEM> *bold* txt.exe &amp;';
    expect(blocks[1]).toMatchObject(quote(quoted));
    await opensReview(desk, 'cora', id);
    const view = onTop(desk, 'cora');
    expect(view.blocks).toContainEqual(
      expect.objectContaining({
        type: 'rich_text',
        elements: expect.arrayContaining(quote(quoted).elements),
      }),
    );
    expect(text).toBe('Waiting for agreement: <@U0LENA> asks to use *DataCite* for 90 days');
    const others = blocks.filter((_, index) => index !== 1);
    for (const shown of [text, JSON.stringify(others)]) {
      expect(shown).not.toMatch(/channel>|U0CEM/);
    }
    for (const shown of [blocks, view.blocks]) {
      expect(JSON.stringify(shown)).not.toContain('\u202E');
    }
  });

  it('of 3 000 characters is stored whole and shown cut', async () => {
    const reason = `${'🧪 because '.repeat(300)}end`.slice(-3000);
    const id = await asks(desk, 'lena', { reason });
    expect((await stored(desk, id)).reason).toBe(reason.trim());
    const shown = wordsOf(approvalOf(desk, id));
    const quoted = `\n> ${Array.from(reason.trim()).slice(0, 299).join('')}…\n`;
    expect(shown).toContain(quoted);
    expect((await opensReview(desk, 'cora', id)).join('\n')).toContain(reason.trim());
    await approves(desk, 'cora', id);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
  });

  it('is for the approvers only: the team reads none', async () => {
    const id = await asks(desk, 'lena', { reason: 'A secret project' });
    await approves(desk, 'cora', id);
    expect(JSON.stringify(desk.slack.messages(CHANNELS.team))).not.toContain('secret project');
    expect(wordsOf(approvalOf(desk, id))).toMatch(/^✅ /);
  });
});

describe('a further grant to somebody who has one', () => {
  it('leaves the old one as it is when Onezone fails at the second step (peers’ case 18)', async () => {
    await linked(desk, 'lena');
    await asks(desk, 'cora', { people: ['lena'], duration: '90d' });
    const before = members(desk);
    desk.zone.faults.add({ kind: 'status', status: 403, errorId: 'forbidden', method: 'PATCH' });
    const id = await asks(desk, 'cora', { people: ['lena'], level: 'maintain', duration: '365d' });
    expect(members(desk)).toEqual(before);
    expect((await stored(desk, id)).status).toBe('failed');
    expect(desk.told('cora').at(-1)).toContain(
      'The desk’s own Onezone account lacks a privilege for this.',
    );
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    desk.zone.faults.clear();
    await desk.passes(89 * DAY);
    expect(members(desk)).toEqual(before);
    await desk.passes(2 * DAY);
    expect(members(desk)).toEqual({});
  });

  it('that fails does not end what others gave', async () => {
    await linked(desk, 'lena');
    becomes(desk, 'lena', ['handle_service_view']);
    desk.zone.faults.add({ kind: 'status', status: 403, errorId: 'forbidden', method: 'PATCH' });
    await asks(desk, 'cora', { people: ['lena'], duration: '8h' });
    desk.zone.faults.clear();
    await desk.passes(DAY);
    expect(members(desk)).toEqual({ lena: ['handle_service_view'] });
  });
});
