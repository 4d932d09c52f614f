import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { z } from 'zod';
import { describeInBrowser, launch, visit, type Visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

const SERVICE = 'ePIC Göttingen';

/** Warnings before the end need a clock that can be moved, which a bot in its own process does not have: see the HTTP stories. */
describeInBrowser('access', () => {
  let world: TestWorld;
  let browser: Browser;
  let lena: Visit;
  let cora: Visit;

  beforeAll(async () => {
    world = await startWorld({ tour: false });
    browser = await launch();
    [lena, cora] = await Promise.all([visit(browser, world), visit(browser, world)]);
    await lena.become('Lena Krüger');
    await cora.become('Cora Curator');
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  const member = (): Locator =>
    lena.page.locator('.service', { hasText: SERVICE }).locator('.member', { hasText: 'Lena' });

  /** Sends the open form; returns the number of the request. */
  async function sends(person: Visit, button: string): Promise<string> {
    await person.modal.getByRole('button', { name: button, exact: true }).click();
    await person.modal.getByText('You’ll get a message').waitFor();
    await person.presses('Close');
    const asked = (await world.audit(0)).findLast((line) => line.what === 'asked');
    return asked?.request ?? '';
  }

  /** Sends the open form of Lena, and Cora agrees. */
  async function agreed(): Promise<string> {
    const id = await sends(lena, 'Send');
    await cora.goesTo('pid-desk');
    await cora.page.getByRole('button', { name: `Approve request ${id}` }).click();
    await cora.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    return id;
  }

  async function letsIn(): Promise<string> {
    await lena.sends(`/handle request ${SERVICE}`);
    await lena.modal.getByLabel(/^Why/).fill('PIDs for the survey');
    const id = await agreed();
    await member()
      .getByText(dayOf(await endOf(id)))
      .waitFor();
    return id;
  }

  const linesOf = async (id: string, what: string) =>
    (await world.audit(0)).filter((line) => line.request === id && line.what === what);

  /** When what this request gave, or moved, ends. */
  async function endOf(id: string): Promise<string> {
    await lena.page.getByText(`began to carry out ${id}`).waitFor();
    const [started] = await linesOf(id, 'started');
    return z.looseObject({ end: z.string() }).parse(started?.detail).end;
  }

  const dayOf = (end: string): string =>
    `until ${new Date(end).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric' })}`;

  /** What the bot last wrote to Lena. */
  async function told(words: string): Promise<string> {
    await lena.goesTo('Handle Desk');
    const message = lena.page.locator('.message', { hasText: words }).last();
    await message.waitFor();
    const text = await message.innerText();
    await lena.goesTo('open-data');
    return text;
  }

  it('goes on when it is extended, with the later end beside the member', async () => {
    const grant = await letsIn();
    await lena.sends('/handle extend');
    await lena.modal.getByLabel('Which access').waitFor();
    await lena.modal.getByLabel('For how long').selectOption({ label: '365 days' });
    await lena.modal.getByLabel(/^Why/).fill('Two more chapters');
    const extension = await agreed();
    const [before, after] = [await endOf(grant), await endOf(extension)];
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
    await member().getByText(dayOf(after)).waitFor();
    expect(await told('Extended:')).toContain(`you can go on to use ${SERVICE}`);
    await lena.page
      .getByText(`read back from Onezone: done – let Lena Krüger go on to use ${SERVICE}`)
      .waitFor();
  });

  it('is given back by “I’m done”, and asks nobody', async () => {
    await lena.sends('/handle mine');
    await lena.page
      .getByRole('button', { name: /give back/i })
      .last()
      .click();
    await lena.modal.getByRole('heading', { name: 'Give access back' }).waitFor();
    const id = await sends(lena, 'Give back');
    await member().waitFor({ state: 'detached' });
    expect(await told('Given back:')).toContain('Thank you.');
    await lena.page
      .getByText(`read back from Onezone: done – give back the own access to ${SERVICE}`)
      .waitFor();
    expect(await linesOf(id, 'approved')).toEqual([]);
  });

  it('is revoked by the button beside a member, and the person is told kindly', async () => {
    await letsIn();
    await cora.goesTo('open-data');
    await cora.sends(`/handle show ${SERVICE}`);
    await cora.page
      .getByRole('button', { name: /^Revoke/ })
      .last()
      .click();
    await cora.modal.getByLabel(/^Why/).fill('The survey is over');
    await sends(cora, 'Revoke');
    await member().waitFor({ state: 'detached' });
    const words = await told('has been ended by');
    expect(words).toContain('The survey is over');
    expect(words).toContain('Identifiers that you registered stay as they are.');
    expect(words).toContain('Request access again');
  });

  it('is revoked by a command', async () => {
    await letsIn();
    await cora.goesTo('open-data');
    await cora.sends(`/handle revoke @lena ${SERVICE}`);
    await cora.modal.getByText('Lena Krüger').waitFor();
    await cora.modal.getByLabel(/^Why/).fill('And once more');
    const id = await sends(cora, 'Revoke');
    await member().waitFor({ state: 'detached' });
    await cora.page
      .getByText(`read back from Onezone: done – take from Lena Krüger the access to ${SERVICE}`)
      .first()
      .waitFor();
    expect(await linesOf(id, 'carried out')).toHaveLength(1);
  });
});
