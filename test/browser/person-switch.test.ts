import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launch, visit, type Visit } from './kit.js';
import { startWorld, type TestWorld } from './world.js';

const ADA = { id: 'U0ADA', name: 'Ada Lovelace' };
const CORA = { id: 'U0CORA', name: 'Cora Curator' };
const LENA = { id: 'U0LENA', name: 'Lena Krüger' };
const TOM = { id: 'U0TOM', name: 'Tom Ngata' };

describeInBrowser('switching the person', () => {
  let world: TestWorld;
  let browser: Browser;
  let me: Visit;

  beforeAll(async () => {
    world = await startWorld({ tour: false });
    browser = await launch();
  });

  beforeEach(async () => {
    me = await visit(browser, world);
  });

  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  const composer = () => me.page.getByRole('combobox', { name: /^Message to/ });
  const switchTo = ({ name }: typeof ADA) =>
    me.page.getByRole('radio', { name: new RegExp(name) }).check({ force: true });
  const commandsBy = ({ id }: typeof ADA) =>
    world.slack.deliveries.filter(({ kind, user }) => kind === 'command' && user === id).length;

  /** Keeps the screen of everyone who is switched to from arriving, until `release`. */
  async function holdScreens() {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await me.page.route(/\/live\?as=/, async (route) => {
      await released;
      await route.continue();
    });
    return { release };
  }

  it('sends what is typed before the new screen is there, as the new person', async () => {
    await me.goesTo('pid-desk');
    const screens = await holdScreens();
    await switchTo(LENA);
    await me.sends('/handle request ePIC Göttingen');
    await world.slack.until(() => commandsBy(LENA) === 1, 'the command of Lena', 5000);
    screens.release();
    await me.modal.getByRole('heading', { name: 'Request access' }).waitFor();
    expect(commandsBy(ADA)).toBe(0);
    await me.presses('Close');
  });

  it('sends each command as the person of that moment, without a wait in between', async () => {
    const before = [ADA, CORA, TOM].map(commandsBy);
    for (const person of [CORA, TOM, ADA, TOM]) {
      await switchTo(person);
      await me.sends('/handle help');
    }
    const after = () =>
      [ADA, CORA, TOM].map((person, at) => commandsBy(person) - (before[at] ?? 0));
    await world.slack.until(() => after().join() === '1,1,2', 'four commands', 5000);
  });

  it('keeps a draft and the focus while the new screen arrives', async () => {
    await me.goesTo('pid-desk');
    const screens = await holdScreens();
    await switchTo(CORA);
    await composer().focus();
    await me.page.keyboard.type('half a ');
    screens.release();
    await me.page.getByRole('button', { name: 'pid-desk' }).waitFor();
    await me.page.keyboard.type('sentence');
    expect(await composer().inputValue()).toBe('half a sentence');
  });

  it('keeps a draft for each person and channel', async () => {
    await composer().fill('from Ada');
    await me.goesTo('pid-desk');
    expect(await composer().inputValue()).toBe('');
    await switchTo(CORA);
    expect(await composer().inputValue()).toBe('');
    await composer().fill('from Cora');
    await switchTo(ADA);
    await me.goesTo('open-data');
    expect(await composer().inputValue()).toBe('from Ada');
    await switchTo(CORA);
    expect(await composer().inputValue()).toBe('from Cora');
  });
});
