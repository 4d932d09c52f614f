import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tour as schema } from '../../src/sandbox/page/shown.js';
import type { AuditLine } from '../../src/store/store.js';
import { chained, granted, registration } from './lines.js';
import { startStage, watch, post, type Screen, type Stage } from './stage.js';

let stage: Stage;
let screen: Screen;

beforeEach(async () => {
  stage = await startStage();
  screen = await watch(stage, 'U0ADA');
});

afterEach(async () => {
  screen.close();
  await stage.stop();
});

const tour = () => {
  const json: unknown = JSON.parse(screen.said('tour'));
  return schema.parse(json);
};

/** What is ticked, step by step. */
const ticks = () =>
  tour().steps.map((step) => step.parts.map((one) => (one.done ? 'x' : '-')).join(''));

async function record(...lines: readonly AuditLine[]): Promise<void> {
  stage.record(...lines);
  const last = lines.at(-1)?.seq ?? 0;
  await screen.until('audit', (json) => json.includes(`"seq":${last},`));
}

const first = granted('R-00000002');
const second = granted('R-00000003');
const all = chained(
  ...registration,
  ...[first.asked, first.approved, first.started, first.done],
  ...[second.asked, second.approved, second.kept, second.started, second.done],
);

describe('the tour', () => {
  it('begins with nothing done and the administrator’s command', () => {
    expect(tour()).toMatchObject({ open: true, at: 0 });
    expect(ticks()).toEqual(['---', '--', '--', '----', '-']);
    expect(tour().steps[0]?.parts[0]).toEqual({
      text: 'You are Real ada (administrator). Send /handle-register.',
      done: false,
      as: 'U0ADA',
    });
  });

  it('goes on by what is on record, step by step', async () => {
    await record(...all.slice(0, 4));
    expect(tour().at).toBe(1);
    expect(tour().steps[0]?.said).toContain('“DataCite” is in Onezone now');
    await record(...all.slice(4, 5));
    expect(tour().at).toBe(2);
    expect(tour().steps[1]?.said).toBe(
      'Real lena asked to let Real lena use DataCite for 90 days.',
    );
    await record(...all.slice(5, 8));
    expect(tour().at).toBe(3);
    expect(tour().steps[2]?.said).toContain(
      'Handle Desk read back from Onezone: done – let Real lena use DataCite for 90 days.',
    );
    expect(ticks()).toEqual(['xxx', 'xx', 'xx', '----', '-']);
    await record(...all.slice(8, 11));
    expect(ticks()[3]).toBe('xxx-');
    await record(...all.slice(11));
    expect(tour().at).toBe(4);
    expect(tour().steps[3]?.said).toBe(
      'Nothing was lost and nobody had to do anything: R-00000003 was carried out as soon as Onezone answered.',
    );
    await stage.request('/do/check-chain', post({}));
    await screen.until('tour', (json) => json.includes('"at":5'));
    expect(tour().steps[4]?.said).toContain('All 13 lines follow one another unchanged');
  });

  it('ticks the channel when the curator has it open with the request in it, and not before', async () => {
    await record(...all.slice(0, 5));
    const text = (words: string) => ({ type: 'plain_text', text: words });
    const button = { type: 'button', action_id: 'approve', text: text('Yes'), value: 'R-00000002' };
    const card = { text: 'decide', blocks: [{ type: 'actions', elements: [button] }] };
    await stage.act('U0CORA', { do: 'read', channel: 'C0DESK' });
    await stage.bot.call('chat.postMessage', { channel: 'C0DESK', ...card });
    await stage.act('U0LENA', { do: 'read', channel: 'C0DESK' });
    await stage.act('U0CORA', { do: 'read', channel: 'C0TEAM' });
    await screen.until('slack', (json) => json.includes('decide'));
    expect(ticks()[2]).toBe('--');
    await stage.act('U0CORA', { do: 'read', channel: 'C0DESK' });
    await screen.until('tour', () => ticks()[2] === 'x-');
  });

  it('sees that Onezone is down while it is', async () => {
    await stage.request('/do/fault', post({ name: 'down', on: true }));
    await screen.until('tour', () => ticks()[3] === '-x--');
    expect(ticks()[3]).toBe('-x--');
  });

  it('does not take a chain that is broken for one that was read', async () => {
    const [one] = all;
    if (one === undefined) throw new Error('no line');
    await record({ ...one, who: 'U0MALLORY' }, ...all.slice(1));
    await stage.request('/do/check-chain', post({}));
    await screen.until('audit', (json) => json.includes('"brokenAt":1'));
    expect(tour().at).toBe(4);
  });
});
