import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launch, visit, type Visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

describeInBrowser('the guided tour', () => {
  let world: TestWorld;
  let browser: Browser;
  let me: Visit;

  beforeAll(async () => {
    world = await startWorld();
    browser = await launch();
    me = await visit(browser, world);
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  const said = (text: string) => me.page.locator('.tour-said').getByText(text).waitFor();
  const next = () => me.presses('Next step');

  it('1: registers Onedata’s example as the administrator', async () => {
    await me.sends('/handle-register');
    await me.presses('Fill in the example');
    await me.page.getByText('✓ Press “Fill in the example”').waitFor();
    expect(await me.modal.getByLabel('Handle proxy').inputValue()).toBe(
      'localhost:17000/handle_proxy',
    );
    await me.presses(/^Register$/);
    await said('is in Onezone now, and was read back');
    const { zone } = world;
    const service = Object.values(zone.state.handleServices).find(
      (handleService) => handleService.name === 'MyCommunity Handle service',
    );
    expect(service?.serviceProperties).toMatchObject({
      type: 'DOI',
      prefix: '10.5072',
      host: 'https://mds.test.datacite.org',
      identifierTemplate: '{{space.name}}-{{space.guid}}',
    });
    expect(await me.page.content()).not.toContain('CANARY');
    await me.presses('Close');
  });

  it('2: asks for access as a researcher', async () => {
    await next();
    await me.presses('Be Lena Krüger');
    await me.sends('/handle request');
    await me.choosesService('MyComm');
    await me.modal.getByLabel(/^Why/).fill('DOIs for the survey of 2026');
    await me.presses(/^Send$/);
    await said('asked to let Lena Krüger use MyCommunity Handle service for 90 days');
    await me.presses('Close');
  });

  it('3: agrees to it as a curator, and the zone shows the member with the end', async () => {
    await next();
    await me.presses('Be Cora Curator');
    expect(await me.page.locator('.tour-parts .done').count()).toBe(0);
    await me.goesTo('pid-desk');
    await me.page.locator('.tour-parts .done', { hasText: 'open #pid-desk' }).waitFor();
    await me.approves();
    await said('read back from Onezone: done – let Lena Krüger use MyCommunity Handle service');
    const member = me.page.locator('.member', { hasText: 'Lena Krüger' });
    await member.getByText(/^until /).waitFor();
    expect(await member.locator('.chip').allTextContents()).toEqual(['register handle', 'view']);
  });

  it('4: keeps a request while Onezone is down, and carries it out when it is back', async () => {
    await next();
    await me.presses('Be Lena Krüger');
    await me.sends('/handle request MyCommunity Handle service');
    await me.modal.getByRole('radio', { name: /^Maintain/ }).check();
    await me.modal.getByLabel(/^Why/).fill('And to tidy up');
    await me.presses(/^Send$/);
    await me.modal.getByText('You’ll get a message').waitFor();
    await me.presses('Close');
    await me.become('Cora Curator');
    await me.goesTo('pid-desk');
    await me.page.getByRole('button', { name: /^Approve request/ }).waitFor();
    await me.page.getByRole('switch', { name: 'Onezone down' }).click();
    await me.approves();
    await me.page.getByText('Onezone is not answering. The request is kept').waitFor();
    await me.page.getByRole('switch', { name: 'Onezone down' }).click();
    await said('Nothing was lost and nobody had to do anything');
    const member = me.page.locator('.member', { hasText: 'Lena Krüger' });
    expect(await member.locator('.chip').allTextContents()).toContain('manage handles');
  });

  it('5: reads the record', async () => {
    await next();
    await me.presses('Check the chain');
    await said('lines follow one another unchanged');
    await me.presses('Finish');
    await said('That was the tour.');
    const note = me.page.locator('.chain [role=status]');
    const lines = Number(/^✓ (\d+) lines/.exec(await note.innerText())?.[1]);
    await me.become('Gwen Guest');
    await me.sends('/handle request');
    await note.getByText(`✓ ${String(lines + 1)} lines follow one another unchanged.`).waitFor();
  });

  it('goes on where it was after a reload, and can be closed and opened', async () => {
    await me.page.reload();
    await said('That was the tour.');
    await me.presses('Close the tour');
    await me.page.reload();
    await me.page.getByRole('heading', { name: 'Handle services in' }).waitFor();
    expect(await me.page.locator('.tour').count()).toBe(0);
    await me.presses('Guided tour');
    await said('That was the tour.');
  });
});
