import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launch, visit, type Visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

describeInBrowser('with the keyboard alone', () => {
  let world: TestWorld;
  let browser: Browser;
  let me: Visit;

  beforeAll(async () => {
    world = await startWorld({ tour: false });
    browser = await launch();
    me = await visit(browser, world);
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await me.page.keyboard.press(key);
  };
  const write = (text: string) => me.page.keyboard.type(text);
  const focused = () =>
    me.page.evaluate<string>(`(() => {
      const it = document.activeElement;
      if (it === document.body) return '';
      const label = it.labels?.[0]?.innerText ?? it.getAttribute('aria-label');
      return label ?? it.innerText ?? '';
    })()`);

  /** Tab until this has the focus. */
  async function tabTo(label: RegExp): Promise<void> {
    for (let at = 0; at < 40; at += 1) {
      if (label.test(await focused())) return;
      await press('Tab');
    }
    throw new Error(`Tab does not lead to ${String(label)}; the focus is on “${await focused()}”.`);
  }

  it('a person is chosen, a command completed and the form filled and sent', async () => {
    await tabTo(/Ada Lovelace/);
    await press('ArrowRight', 'ArrowRight');
    await me.page.getByText('You are Lena Krüger').first().waitFor();
    await tabTo(/^Message to/);
    await write('/han');
    await press('ArrowDown', 'Enter');
    const composer = me.page.getByRole('combobox', { name: /^Message to/ });
    expect(await composer.inputValue()).toBe('/handle-grant ');
    await press('Enter');
    await me.modal.waitFor();
    await me.page.locator('[role=dialog] :focus').waitFor();
    expect(await focused()).toMatch(/^Handle service/);
    await write('epic');
    await me.modal.getByRole('option', { name: /ePIC/ }).waitFor();
    await press('Enter');
    await tabTo(/^Use/);
    await press('ArrowDown');
    expect(await focused()).toMatch(/^Maintain/);
    await tabTo(/^For how long/);
    await press('ArrowDown');
    await tabTo(/^Or until a day/);
    await press('ArrowDown', 'PageDown', 'Home', 'End', 'ArrowRight');
    const day = me.page.locator('.day:focus');
    const words = (await day.getAttribute('aria-label')) ?? '';
    expect(words).toMatch(/^Sunday, /);
    await press('Escape');
    expect(await focused()).toMatch(/^Or until a day/);
    await me.modal.waitFor();
    await press('Enter', 'PageDown', 'Home', 'End', 'ArrowRight', 'Enter');
    await me.page.locator('.calendar').waitFor({ state: 'detached' });
    expect(await me.modal.getByLabel(/^Or until a day/).inputValue()).toBe(
      words.replace('Sunday, ', ''),
    );
    await tabTo(/^Why/);
    await write('By keyboard');
    await tabTo(/^Send$/);
    await press('Enter');
    await me.modal.getByText('You’ll get a message').waitFor();
    expect(JSON.stringify(world.slack.deliveries.at(-1)?.payload)).toContain('"value":"maintain"');
  });

  it('the focus stays in a dialog, Escape closes it, and the focus comes back', async () => {
    for (let at = 0; at < 6; at += 1) {
      await press('Tab');
      const inside = 'document.activeElement.closest("[role=dialog]") !== null';
      expect(await me.page.evaluate<boolean>(inside)).toBe(true);
    }
    await press('Escape');
    await me.modal.waitFor({ state: 'detached' });
    await me.page.locator('.composer input:focus').waitFor();
    expect(await focused()).toMatch(/^Message to/);
  });

  it('a menu is opened, walked through and left', async () => {
    await press('Shift+Tab');
    expect(await focused()).toBe('Shortcuts');
    await press('Enter');
    const here = (hasText: string) => me.page.locator('[role=menuitem]:focus', { hasText });
    await here('Request access').waitFor();
    await press('ArrowDown');
    await here('Register a service').waitFor();
    await press('Escape');
    await me.page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await focused()).toBe('Shortcuts');
    await press('Enter');
    await here('Request access').waitFor();
    await press('End', 'Home', 'Enter');
    await me.modal.getByRole('heading', { name: 'Request access' }).waitFor();
    await press('Escape');
    await me.modal.waitFor({ state: 'detached' });
  });

  it('a card is approved, and a “not yet” does nothing', async () => {
    await me.become('Cora Curator');
    await me.goesTo('pid-desk');
    const approve = me.page.getByRole('button', { name: /^Approve request/ });
    await approve.focus();
    await press('Enter');
    await me.page.getByRole('heading', { name: /^Approve R-/ }).waitFor();
    await press('Escape');
    await me.page.getByRole('heading', { name: /^Approve R-/ }).waitFor({ state: 'detached' });
    expect(
      world.slack.deliveries.filter((delivery) => delivery.name === 'request_approve'),
    ).toEqual([]);
    await approve.focus();
    await press('Enter');
    await me.page.getByRole('heading', { name: /^Approve R-/ }).waitFor();
    await press('Tab', 'Enter');
    await me.page.getByText(/ can (use|maintain) .* approved$/).waitFor();
  });

  it('what went wrong is switched on and off, and the tabs are walked through', async () => {
    const down = me.page.getByRole('switch', { name: 'Onezone down' });
    await down.focus();
    await press('Space');
    await me.page.locator('[role=switch][aria-checked=true]').waitFor();
    await press('Space');
    await me.page.locator('[role=switch][aria-checked=true]').waitFor({ state: 'detached' });
    await me.page.getByRole('tab', { name: 'Audit' }).focus();
    await press('ArrowRight');
    expect(await focused()).toBe('Requests to Onezone');
    await me.page.getByRole('columnheader', { name: 'Answer' }).waitFor();
  });
});
