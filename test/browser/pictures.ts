import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch, visit, type Visit } from './visit.js';
import { startWorld, type TestWorld } from './world.js';

const PICTURE_SCALE = 1.5;

/** Takes the README's pictures of the product at work, in the order of a first day. */
export async function takePictures(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const world = await startWorld();
  const browser = await launch();
  try {
    return await day({ world, browser, folder });
  } finally {
    await browser.close();
    await world.stop();
  }
}

interface Studio {
  readonly world: TestWorld;
  readonly browser: Browser;
  readonly folder: string;
}

async function day({ world, browser, folder }: Studio): Promise<readonly string[]> {
  const taken: string[] = [];
  const shoot = async ({ page }: Visit, name: string): Promise<void> => {
    const path = join(folder, `${name}.png`);
    await rested({ page });
    await page.screenshot({ path });
    taken.push(path);
  };
  const me = await visit(browser, world, { scale: PICTURE_SCALE });
  await registers(me, shoot);
  await asks(me, { reason: 'DOIs for the samples of the 2026 survey' });
  await shoot(me, 'request');
  await sends(me);
  await me.become('Cora Curator');
  await me.goesTo('pid-desk');
  await me.page.getByRole('button', { name: /^Approve request/ }).waitFor();
  await shoot(me, 'approval');
  await me.approves();
  await me.page.getByText(/can use .* approved$/).waitFor();
  await me.page
    .locator('.member')
    .getByText(/^until /)
    .waitFor();
  await shoot(me, 'granted');
  const night = await visit(browser, world, { scale: PICTURE_SCALE, colorScheme: 'dark' });
  await night.presses('Close the tour');
  await keeps(night);
  await shoot(night, 'outage');
  return taken;
}

type Shoot = (visit: Visit, name: string) => Promise<void>;

async function registers(me: Visit, shoot: Shoot): Promise<void> {
  await me.sends('/handle-register');
  await me.presses('Fill in the example');
  await me.page.getByText('✓ Press “Fill in the example”').waitFor();
  await shoot(me, 'tour');
  await me.presses(/^Register$/);
  await me.page.locator('.service', { hasText: 'MyCommunity Handle service' }).waitFor();
  await me.presses('Close');
  await me.presses('Close the tour');
}

async function asks(me: Visit, how: { readonly reason: string }): Promise<void> {
  await me.become('Lena Krüger');
  await me.sends('/handle request MyCommunity Handle service');
  await me.modal.getByLabel(/^Why/).fill(how.reason);
}

async function sends(me: Visit): Promise<void> {
  await me.presses(/^Send$/);
  await me.modal.getByText('You’ll get a message').waitFor();
  await me.presses('Close');
}

async function keeps(me: Visit): Promise<void> {
  await asks(me, { reason: 'And to tidy up after the old project' });
  await me.modal.getByRole('radio', { name: /^Maintain/ }).check();
  await sends(me);
  await me.become('Cora Curator');
  await me.goesTo('pid-desk');
  await me.page.getByRole('button', { name: /^Approve request/ }).waitFor();
  await me.page.getByRole('switch', { name: 'Onezone down' }).click();
  await me.approves();
  await me.page.getByText('Onezone is not answering. The request is kept').waitFor();
}

/** What changed a moment ago is still marked; a picture shows it as it stays. */
async function rested({ page }: Pick<Visit, 'page'>): Promise<void> {
  const changed = page.locator('.changed');
  while ((await changed.count()) > 0) await changed.first().waitFor({ state: 'detached' });
}
