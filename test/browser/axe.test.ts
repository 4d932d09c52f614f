import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { complaintsOf } from './complaints.js';
import { describeInBrowser, launch, visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 420, height: 860 };

describeInBrowser('accessibility', () => {
  let world: TestWorld;
  let browser: Browser;

  beforeAll(async () => {
    world = await startWorld();
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  it.each([
    ['light', 'wide', WIDE],
    ['dark', 'wide', WIDE],
    ['light', 'narrow', NARROW],
    ['dark', 'narrow', NARROW],
  ] as const)('has no serious fault in %s, %s', async (colorScheme, _, viewport) => {
    const me = await visitOf(colorScheme, viewport);
    expect(await complaintsOf(me)).toEqual([]);
    await me.become('Lena Krüger');
    await me.sends('/handle help');
    await me.page.locator('.only-you').first().waitFor();
    await me.page.getByRole('combobox', { name: /^Message to/ }).fill('/handle ');
    await me.page.getByRole('listbox', { name: 'Completions' }).waitFor();
    expect(await complaintsOf(me)).toEqual([]);
    await me.sends('/handle request');
    await me.modal.waitFor();
    await me.presses(/^Send$/);
    await me.modal.getByText('Please complete this required field.').first().waitFor();
    expect(await complaintsOf(me)).toEqual([]);
    await me.choosesService('ePIC');
    await me.modal.getByLabel(/^Why/).fill(`In ${colorScheme}`);
    await me.presses(/^Send$/);
    await me.modal.getByText('You’ll get a message').waitFor();
    expect(await complaintsOf(me)).toEqual([]);
    await me.presses('Close');
    await me.goesTo('pid-desk');
    await me.page
      .getByRole('button', { name: /^Approve request/ })
      .last()
      .waitFor();
    await me.goesTo('Handle Desk');
    await me.presses(/^Home$/);
    await me.page.getByRole('heading', { name: 'Your requests' }).waitFor();
    expect(await complaintsOf(me)).toEqual([]);
    await me.become('Cora Curator');
    await me.goesTo('pid-desk');
    await me.presses(/^Approve request/);
    expect(await complaintsOf(me)).toEqual([]);
    await me.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await me.page
      .getByText(/can use .* approved$/)
      .last()
      .waitFor();
    if (viewport === NARROW) await me.page.getByRole('tab', { name: 'Onezone and' }).click();
    await me.page.getByRole('switch', { name: 'Slack busy' }).click();
    await me.page.locator('.line summary').first().click();
    await me.page.locator('.service summary').first().click();
    expect(await complaintsOf(me)).toEqual([]);
    await me.page.getByRole('tab', { name: 'Requests to Onezone' }).click();
    expect(await complaintsOf(me)).toEqual([]);
    await me.page.getByRole('switch', { name: 'Slack busy' }).click();
    await me.page.context().close();
  });

  const visitOf = (colorScheme: 'light' | 'dark', viewport: typeof WIDE) =>
    visit(browser, world, { colorScheme, viewport });
});
