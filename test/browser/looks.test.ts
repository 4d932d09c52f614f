import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { complaintsOf } from './complaints.js';
import { describeInBrowser, launch, visit, type Visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

const TEAM = 'C0TEAM';
const ZOOMED = { width: 720, height: 450 };
const NARROW = { width: 420, height: 860 };

describeInBrowser('what one sees', () => {
  let world: TestWorld;
  let browser: Browser;
  let lena: Visit;

  beforeAll(async () => {
    world = await startWorld();
    browser = await launch();
    lena = await visit(browser, world);
    await lena.become('Lena Krüger');
    for (const text of ['first', 'second', 'third']) await lena.sends(text);
    await lena.page.locator('.message', { hasText: 'third' }).waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  /** As the bot itself. */
  async function slack(method: string, body: object): Promise<void> {
    const answer = await fetch(`${world.slack.apiUrl}${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.slack.botToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
  }

  /** In light and in dark. */
  async function complaintsInBoth(): Promise<readonly string[]> {
    const light = await complaintsOf(lena);
    await lena.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    const dark = await complaintsOf(lena);
    await lena.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    return [...light, ...dark];
  }

  const styleOf = (selector: string, what: string) =>
    lena.page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${what}`);

  async function boxOf(locator: Locator) {
    const box = await locator.boundingBox();
    if (box === null) throw new Error('It is not drawn.');
    return { top: box.y, bottom: box.y + box.height, left: box.x, right: box.x + box.width };
  }
  type Box = Awaited<ReturnType<typeof boxOf>>;

  const covers = (one: Box, other: Box): boolean =>
    one.left < other.right - 1 &&
    other.left < one.right - 1 &&
    one.top < other.bottom - 1 &&
    other.top < one.bottom - 1;

  it.each([
    ['wide', { width: 1440, height: 900 }],
    ['zoomed', ZOOMED],
    ['narrow', NARROW],
  ])('no badge covers a name or a role: %s', async (_, viewport) => {
    const ada = await visit(browser, world, { viewport });
    const cards = ada.page.locator('.person:not(.current)');
    const badged = cards.filter({ has: ada.page.locator('.unread') });
    await badged.nth(2).waitFor();
    for (const card of await badged.all()) {
      const badge = await boxOf(card.locator('.unread'));
      for (const words of ['.person-name', '.person-role']) {
        expect([words, covers(badge, await boxOf(card.locator(words)))]).toEqual([words, false]);
      }
    }
    await ada.page.context().close();
  });

  it('at 200 % zoom, with the tour open, the newest messages are whole on the screen', async () => {
    const tom = await visit(browser, world, { viewport: ZOOMED });
    await tom.page.locator('.tour').waitFor();
    await tom.page.locator('.message', { hasText: 'third' }).waitFor();
    const list = await boxOf(tom.page.locator('.messages'));
    expect(list.bottom).toBeLessThan(ZOOMED.height);
    const boxes = await Promise.all((await tom.page.locator('.message').all()).map(boxOf));
    const whole = boxes.filter(({ top, bottom }) => top >= list.top && bottom <= list.bottom);
    expect(whole.length).toBeGreaterThan(1);
    await tom.page.context().close();
  });

  it('an answer for one person alone says so, is greyed, and has the app’s avatar', async () => {
    await lena.sends('/handle help');
    const answer = lena.page.locator('.message.only-you').last();
    await answer.getByText('Only visible to you').waitFor();
    expect(await answer.locator('.avatar-bot img').getAttribute('src')).toBe('/icon.svg');
    expect(await styleOf('.message.only-you', 'color')).not.toBe(
      await styleOf('.message:not(.only-you)', 'color'),
    );
    await lena.page.locator('.message.only-you').last().getByText('/handle help').waitFor();
  });

  it('what went wrong hides no answer, and the newest message stays in view', async () => {
    await lena.sends('/nonsense');
    const trouble = lena.page.locator('.trouble');
    await trouble.getByText('/nonsense is not a valid command.').waitFor();
    const list = await boxOf(lena.page.locator('.messages'));
    const hint = await boxOf(trouble);
    expect(covers(hint, list)).toBe(false);
    expect(covers(hint, await boxOf(lena.page.locator('.composer')))).toBe(false);
    expect((await boxOf(lena.page.locator('.message').last())).bottom).toBeLessThanOrEqual(
      list.bottom,
    );
    await lena.presses('Dismiss');
    await trouble.waitFor({ state: 'detached' });
  });

  it('a table has a header and aligned columns, a container opens and closes, and its buttons reach the bot', async () => {
    const raw = (text: string) => ({ type: 'raw_text', text });
    const plain = (text: string) => ({ type: 'plain_text', text });
    const button = {
      type: 'button',
      action_id: 'pressed_inside',
      text: plain('Inside'),
      value: 'v1',
    };
    await slack('chat.postMessage', {
      channel: TEAM,
      text: 'new blocks',
      blocks: [
        {
          type: 'table',
          column_settings: [{}, { align: 'right' }],
          rows: [
            [raw('Service'), raw('Days')],
            [
              {
                type: 'rich_text',
                elements: [
                  {
                    type: 'rich_text_section',
                    elements: [{ type: 'text', text: 'ePIC', style: { bold: true } }],
                  },
                ],
              },
              { type: 'raw_number', value: 22, text: '22' },
            ],
          ],
        },
        {
          type: 'container',
          title: plain('Details'),
          subtitle: { type: 'mrkdwn', text: 'of *this*' },
          is_collapsible: true,
          default_collapsed: true,
          child_blocks: [
            { type: 'section', text: { type: 'mrkdwn', text: 'What is inside' } },
            { type: 'actions', elements: [button] },
          ],
        },
        {
          type: 'container',
          rich_text_title: {
            type: 'rich_text',
            elements: [
              { type: 'rich_text_section', elements: [{ type: 'text', text: 'Always open' }] },
            ],
          },
          child_blocks: [{ type: 'section', text: plain('Seen at once') }],
        },
      ],
    });
    const message = lena.page.locator('.message').last();
    await message.getByRole('columnheader', { name: 'Service' }).waitFor();
    await message.getByRole('cell', { name: 'ePIC' }).locator('strong').waitFor();
    await message.getByRole('cell', { name: '22' }).waitFor();
    expect(await styleOf('.block-table td:last-child', 'textAlign')).toBe('right');
    await message.getByText('Always open').waitFor();
    await message.getByText('Seen at once').waitFor();
    const inside = message.getByRole('button', { name: 'Inside' });
    expect(await inside.isVisible()).toBe(false);
    await message.getByText('Details').focus();
    await message.locator('summary').press('Enter');
    await inside.click();
    await world.slack.until(
      () => JSON.stringify(world.slack.deliveries.at(-1)?.payload).includes('pressed_inside'),
      'the click',
    );
    expect(await message.locator('.block-unknown').count()).toBe(0);
    expect(await complaintsInBoth()).toEqual([]);
  });

  it('an alert of a form has the colour and the word of its level', async () => {
    await lena.sends('/handle request');
    await lena.modal.waitFor();
    const view = world.slack.as('U0LENA').modal;
    const levels = ['default', 'info', 'warning', 'error', 'success'];
    await slack('views.update', {
      view_id: view?.id,
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Alerts' },
        blocks: levels.map((level) => ({
          type: 'alert',
          level,
          text: { type: 'mrkdwn', text: `Members can read the *password*: ${level}` },
        })),
      },
    });
    await lena.modal.getByText('password: success').waitFor();
    expect(await lena.modal.locator('.block-alert').allInnerTexts()).toEqual(
      ['Note', 'Note', 'Warning', 'Error', 'Done'].map((word, at) =>
        expect.stringMatching(
          new RegExp(`^\\s*${word}:\\s*Members can read the password: ${String(levels[at])}$`),
        ),
      ),
    );
    expect(await complaintsInBoth()).toEqual([]);
    await lena.page.keyboard.press('Escape');
    await lena.modal.waitFor({ state: 'detached' });
  });

  it('a date is chosen in a calendar with the mouse, shown in words, and cleared', async () => {
    await lena.sends('/handle request ePIC Göttingen');
    const field = lena.modal.getByRole('combobox', { name: 'Or until a day' });
    await field.click();
    const calendar = lena.page.getByRole('dialog', { name: 'Choose a date' });
    expect(await complaintsInBoth()).toEqual([]);
    await calendar.getByRole('button', { name: 'Month after' }).click();
    const month = await calendar.getByRole('grid').getAttribute('aria-label');
    await calendar.locator('.day:not(.beside)', { hasText: /^15$/ }).click();
    await calendar.waitFor({ state: 'detached' });
    const [name = '', year = ''] = (month ?? '').split(' ');
    expect(await field.inputValue()).toBe(`${name} 15, ${year}`);
    await world.slack.until(
      () => JSON.stringify(world.slack.as('U0LENA').modal?.values).includes(`${year}-`),
      'the date in the form',
    );
    await field.click();
    await calendar.getByRole('button', { name: 'Clear' }).click();
    expect(await field.inputValue()).toBe('');
    await lena.page.keyboard.press('Escape');
    await lena.modal.waitFor({ state: 'detached' });
  });
});
