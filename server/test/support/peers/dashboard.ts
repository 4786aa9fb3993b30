/** The dashboard as browser tests meet it: a spawned server, a browser with one wide page, and what that complains of. */
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { type Installation, install, OWNER_EMAIL, OWNER_PASSWORD, type RunningServer } from '../processes/process.ts';
import { buildDashboard, launchBrowser } from './browser.ts';

/** For whatever a page still has to show. */
export const WAIT_MS = 15_000;

export interface Dashboard {
  readonly installation: Installation;
  readonly server: RunningServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** By name and not by address: cookies and passkeys belong to it. */
  readonly origin: string;
  close(): Promise<void>;
}

export function breaksPolicy(message: ConsoleMessage): boolean {
  return /Content.Security.Policy/i.test(message.text());
}

/** @param complaints gets script errors, and what of the console `complains`. */
export async function openDashboard(
  complaints: string[],
  complains: (message: ConsoleMessage) => boolean = breaksPolicy,
): Promise<Dashboard> {
  await buildDashboard();
  const installation = await install();
  const [server, browser] = await Promise.all([installation.start(), launchBrowser()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (complains(message)) complaints.push(message.text());
  });
  return {
    installation,
    server,
    browser,
    context,
    page,
    origin: installation.url.replace('127.0.0.1', 'localhost'),
    async close() {
      await browser.close();
      await server.stop();
      installation.remove();
    },
  };
}

export async function signInAsOwner(page: Page): Promise<void> {
  await page.getByLabel('Email').fill(OWNER_EMAIL);
  await page.getByLabel('Password').fill(OWNER_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
