import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launch, visit, type Visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

describeInBrowser('the two main forms', () => {
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

  const field = (label: string | RegExp) => me.modal.getByLabel(label);

  /** What is written under the field, found as a screen reader finds it. */
  async function errorOf(label: string | RegExp): Promise<string> {
    const input = field(label);
    await me.page.locator('[aria-invalid=true]').first().waitFor();
    const ids = ((await input.getAttribute('aria-describedby')) ?? '').split(' ');
    const errors = ids.filter((id) => id.endsWith('-error'));
    const texts = errors.map((id) => me.page.locator(`[id="${id}"]`).innerText());
    return (await Promise.all(texts)).join(' ');
  }

  it('register: is drawn anew for the other registrar type, and keeps what was typed', async () => {
    await me.sends('/handle-register Typed name');
    expect(await field('Name').inputValue()).toBe('Typed name');
    await field('Handle proxy').fill('https://hps.example.org/api/v1');
    await field('Registrar type').selectOption({ label: 'PID (ePIC, B2HANDLE, Handle.net)' });
    await field('Handle server’s API').waitFor();
    expect(await field('Name').inputValue()).toBe('Typed name');
    expect(await field('Handle proxy').inputValue()).toBe('https://hps.example.org/api/v1');
    await field('Registrar type').selectOption({ label: 'DOI (DataCite)' });
    await field('DOI prefix').waitFor();
  });

  it('register: says under each field what is wrong with it, and goes to the first', async () => {
    await field('Registrar’s address').fill('mds.test.datacite.org');
    await field('DOI prefix').fill('11.5072');
    await me.presses(/^Register$/);
    await me.modal.getByText('A DOI prefix is “10.”').waitFor();
    expect(await errorOf('DOI prefix')).toBe(
      'A DOI prefix is “10.” and four to nine digits, such as 10.5072.',
    );
    expect(await errorOf('Registrar’s address')).toContain('Enter a full address');
    const focused = await me.page.evaluate<string>('document.activeElement.value');
    expect(focused).toBe('mds.test.datacite.org');
    await field('Registrar’s address').fill('https://mds.test.datacite.org');
    await field('DOI prefix').fill('10.5072');
    await me.presses(/^Register$/);
    await me.page.locator('.service', { hasText: 'Typed name' }).waitFor();
    await me.presses('Close');
  });

  it('request: Slack’s own check comes first, without a word to the bot', async () => {
    await me.become('Lena Krüger');
    await me.sends('/handle request');
    await me.presses(/^Send$/);
    expect(await errorOf(/^Handle service/)).toBe('Please complete this required field.');
    expect(await errorOf(/^Why/)).toBe('Please complete this required field.');
    expect(world.slack.deliveries.at(-1)?.outcome).toBe('not_delivered');
  });

  it('request: finds services by what is typed, and says when there is none', async () => {
    const services = me.modal.getByRole('combobox', { name: 'Handle service' });
    await services.fill('zzz');
    await me.modal.getByText('Nothing found.').waitFor();
    await services.fill('typ');
    await me.modal.getByRole('option', { name: /Typed name.*10\.5072/s }).waitFor();
    await services.press('Escape');
    await me.modal.waitFor();
    await me.choosesService('ePIC');
    expect(await services.inputValue()).toBe('ePIC Göttingen');
    await me.presses('Close');
  });

  it('request: lets fifty people in at once, and shows how far it is', async () => {
    const fifty = Array.from({ length: 50 }, (_, at) => `member${String(at + 1).padStart(2, '0')}`);
    const mentions = fifty.map((name) => `@${name}`).join(' ');
    await me.sends(`/handle-grant ePIC Göttingen ${mentions}`);
    await me.modal.getByText('Project member 50').waitFor();
    await me.presses('Remove Project member 07');
    const people = me.modal.getByRole('combobox', { name: 'Who gets access' });
    await people.fill('member 07');
    await me.modal.getByRole('option', { name: /Project member 07/ }).waitFor();
    await people.press('Enter');
    expect(await me.modal.locator('.token').count()).toBe(50);
    await me.modal.getByLabel(/^Why/).fill('The whole project');
    await me.presses(/^Send$/);
    await me.modal.getByText('You’ll get a message').waitFor();
    await me.presses('Close');
    await me.become('Cora Curator');
    await me.goesTo('pid-desk');
    await me.page.getByRole('button', { name: /^Approve request/ }).waitFor();
    world.zone.faults.add({ kind: 'delay', ms: 60 });
    await me.approves();
    await me.page
      .getByText(/read back from Onezone: \d+ of 50 people so far/)
      .first()
      .waitFor();
    world.zone.faults.clear();
    const service = me.page.locator('.service', { hasText: 'ePIC Göttingen' });
    await service.locator('.member').nth(49).waitFor();
    await me.page.getByText(/read back from Onezone: done – let .* use ePIC Göttingen/).waitFor();
    await me.become('Lena Krüger');
    await me.goesTo('Handle Desk');
    await me.page
      .getByText(/and 47 others can use ePIC Göttingen until/)
      .first()
      .waitFor();
  });
});
