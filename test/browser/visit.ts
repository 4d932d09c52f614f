import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import type { TestWorld } from './world.js';

const BROWSER_PATHS = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
];
/** Null: there is no browser on this machine. */
export const browserPath = BROWSER_PATHS.find((path) => path !== '' && existsSync(path)) ?? null;

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(browserPath === null ? {} : { executablePath: browserPath }),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

export interface Visit {
  readonly page: Page;
  readonly become: (name: string) => Promise<void>;
  /** Types a line into the message field and sends it. */
  readonly sends: (line: string) => Promise<void>;
  readonly goesTo: (channel: string) => Promise<void>;
  readonly modal: Locator;
  readonly presses: (name: string | RegExp) => Promise<void>;
  /** Chooses a service by a part of its name. */
  readonly choosesService: (part: string) => Promise<void>;
  /** Presses Approve on the newest card, and says yes. */
  readonly approves: () => Promise<void>;
}

export interface VisitOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Pixels of the picture for one of the page. */
  readonly scale?: number;
}

/** A visitor with a browser of their own: nothing is shared with other visits. */
export async function visit(
  browser: Browser,
  world: TestWorld,
  { colorScheme = 'light', viewport = { width: 1440, height: 900 }, scale = 1 }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    ...{ colorScheme, viewport },
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(world.page.url);
  const modal = page.getByRole('dialog').first();
  const composer = page.getByRole('combobox', { name: /^Message to/ });
  await page.getByRole('group', { name: 'You are' }).waitFor();
  const presses = (name: string | RegExp) => page.getByRole('button', { name }).last().click();
  return {
    page,
    modal,
    presses,
    async become(name) {
      await page.getByRole('radio', { name: new RegExp(name) }).check({ force: true });
      await page.getByText(`You are ${name}`).first().waitFor();
    },
    async sends(line) {
      await composer.fill(line);
      await composer.press('Enter');
    },
    goesTo: (channel) =>
      page
        .getByRole('button', { name: new RegExp(channel) })
        .first()
        .click(),
    async choosesService(part) {
      const field = modal.getByRole('combobox', { name: 'Handle service' });
      await field.fill(part);
      await modal.getByRole('option', { name: new RegExp(part, 'i') }).waitFor();
      await field.press('Enter');
    },
    async approves() {
      await presses(/^Approve request/);
      await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    },
  };
}
