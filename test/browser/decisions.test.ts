import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launch, visit, type Visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

describeInBrowser('decisions', () => {
  let world: TestWorld;
  let browser: Browser;
  let lena: Visit;
  let cora: Visit;
  let ada: Visit;

  beforeAll(async () => {
    world = await startWorld({ tour: false });
    browser = await launch();
    [lena, cora, ada] = await Promise.all([
      visit(browser, world),
      visit(browser, world),
      visit(browser, world),
    ]);
    await lena.become('Lena Krüger');
    await cora.become('Cora Curator');
    await ada.become('Ada Lovelace');
    await cora.goesTo('pid-desk');
    await ada.goesTo('pid-desk');
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  /** Returns the number of the request, once both approvers have its card. */
  async function asks(reason: string): Promise<string> {
    await lena.sends('/handle request ePIC Göttingen');
    await lena.modal.getByLabel(/^Why/).fill(reason);
    await lena.presses(/^Send$/);
    await lena.modal.getByText('You’ll get a message').waitFor();
    await lena.presses('Close');
    const asked = (await world.audit(0)).findLast((line) => line.what === 'asked');
    const id = asked?.request ?? '';
    for (const { page } of [cora, ada]) {
      await page.getByRole('button', { name: `Approve request ${id}` }).waitFor();
    }
    return id;
  }

  const decisionsOn = async (id: string) => {
    const lines = await world.audit(0);
    const of = lines.filter((line) => line.request === id);
    return of.map((line) => line.what).filter((what) => what === 'approved' || what === 'denied');
  };

  it('of two people at once count once; the later one is told', async () => {
    const id = await asks('A race');
    await ada.page.getByRole('button', { name: `Deny request ${id}` }).click();
    await ada.modal.getByLabel(/^Why not/).fill('Not this one');
    await cora.page.getByRole('button', { name: `Approve request ${id}` }).click();
    const yes = cora.page.getByRole('dialog').getByRole('button', { name: 'Approve' });
    await Promise.all([ada.presses(/^Deny$/), yes.click()]);
    const late = new RegExp(`${id} is already|Someone else just moved ${id}`);
    await Promise.any([ada, cora].map(({ page }) => page.getByText(late).first().waitFor()));
    for (const { page } of [ada, cora]) {
      await page
        .getByText(/can use .* approved$|Denied by/)
        .first()
        .waitFor();
      await page
        .getByRole('button', { name: `Approve request ${id}` })
        .waitFor({ state: 'detached' });
    }
    expect(await decisionsOn(id)).toHaveLength(1);
    if (await ada.modal.isVisible()) await ada.page.keyboard.press('Escape');
  });

  it('are carried out by the next process when the bot is killed in the middle', async () => {
    const id = await asks('A power cut');
    world.zone.faults.add({ kind: 'delay', ms: 800, method: 'PUT' });
    await cora.page.getByRole('button', { name: `Approve request ${id}` }).click();
    await cora.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await cora.page.getByText(`began to carry out ${id}`).waitFor();
    await cora.presses('Kill the bot');
    await cora.page.getByText('Bot killed').waitFor();
    await lena.sends('/handle mine');
    await lena.page.getByText('/handle failed with the error "dispatch_failed"').waitFor();
    world.zone.faults.clear();
    await cora.presses('Start the bot');
    await cora.page.getByText('Bot running').waitFor();
    const details = cora.page.getByRole('button', { name: new RegExp(id) });
    const card = cora.page.locator('.message', { has: details });
    await card.getByText(/can use .* approved$/).waitFor({ timeout: 80_000 });
    expect(await decisionsOn(id)).toEqual(['approved']);
    const announced = () =>
      world.slack.messages('C0TEAM').filter((message) => JSON.stringify(message).includes(id));
    await world.slack.until(() => announced().length > 0, 'the announcement', 30_000);
    expect(announced()).toHaveLength(1);
  });

  it('stay where they are while a modal cannot reach the bot', async () => {
    await lena.sends('/handle request ePIC Göttingen');
    await lena.modal.getByLabel(/^Why/).fill('Nobody listens');
    await world.bot.kill();
    await lena.presses(/^Send$/);
    await lena.page.getByText('We had some trouble connecting. Try again?').waitFor();
    expect(await lena.modal.getByLabel(/^Why/).inputValue()).toBe('Nobody listens');
    await world.bot.start();
    await lena.presses(/^Send$/);
    await lena.modal.getByText('You’ll get a message').waitFor();
  });
});
