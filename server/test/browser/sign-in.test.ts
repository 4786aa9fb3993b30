/** People and their accounts in a real browser: invited, with a second factor, by passkey, with a forgotten password. */
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDashboard, launchBrowser, NO_BROWSER } from '../support/peers/browser.ts';
import { startMailSink } from '../support/peers/smtp.ts';
import {
  type Installation,
  install,
  OWNER_EMAIL,
  OWNER_PASSWORD,
  type RunningServer,
} from '../support/processes/process.ts';

const WAIT_MS = 15_000;
const PAYLOAD = '<img src=x onerror=alert(1)>';
const PHRASE = 'five ducks on a green pond';

describe.skipIf(NO_BROWSER !== null)(NO_BROWSER ? `browser (${NO_BROWSER})` : 'signing in', () => {
  let first: Installation;
  let installation: Installation;
  let server: RunningServer;
  let browser: Browser;
  let origin: string;
  let owner: Page;
  /** Script errors, broken policy, and dialogs that a payload opened. */
  const complaints: string[] = [];

  beforeAll(async () => {
    await buildDashboard();
    // Another workspace name on the same data: its owner belongs to both.
    first = await install({ env: { HEADGATE_WORKSPACE: 'first' } });
    await (await first.start()).stop();
    installation = await install({
      databaseUrl: first.env['DATABASE_URL'] ?? null,
      env: {
        HEADGATE_WORKSPACE: 'second',
        HEADGATE_DATA_DIR: first.dataDir,
        HEADGATE_WRITE_KEY: 'ofthesecondworkspace',
      },
    });
    origin = installation.url.replace('127.0.0.1', 'localhost');
    [server, browser] = await Promise.all([installation.start(), launchBrowser()]);
    owner = await person();
    await byPassword(owner, OWNER_EMAIL, OWNER_PASSWORD);
    await owner.getByRole('heading', { name: 'Overview' }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    installation?.remove();
    first?.remove();
  }, 60_000);

  /** A browser profile of its own with one page. */
  async function person(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      // A refused call is written down by the browser; that is no complaint.
      if (message.type() === 'error' && !/the server responded with a status of 4/.test(message.text())) {
        complaints.push(message.text());
      }
    });
    return page;
  }

  async function byPassword(page: Page, email: string, password: string): Promise<void> {
    await page.goto(`${origin}/app/sign-in`);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async function signOut(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  }

  /** By the owner's page; there is no mail server, so the link is shown there. */
  async function invite(email: string, role: string, search = ''): Promise<string> {
    await owner.goto(`${origin}/app/settings/members${search}`);
    await owner.getByRole('button', { name: 'Invite' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('Email').fill(email);
    await dialog.getByLabel('Role').click();
    await owner.getByRole('option', { name: role }).click();
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await owner.getByRole('heading', { name: 'Give this link to them' }).waitFor();
    const link = (await dialog.locator('code').textContent()) ?? '';
    await dialog.getByRole('button', { name: 'I have it' }).click();
    expect(await owner.content()).not.toContain(link.slice(-30));
    return link;
  }

  async function join(page: Page, link: string, name: string): Promise<void> {
    await page.goto(link);
    await page.getByRole('heading', { name: 'Join first' }).waitFor();
    await expect.poll(() => page.url()).not.toContain('hgi_');
    await page.getByLabel('Your name').fill(name);
    await page.getByLabel('Password').fill(PHRASE);
    await page.getByRole('button', { name: 'Make the account and join' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  }

  const codeOf = (secret: string, ahead = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });

  /** Up to the recovery codes. @returns the secret and the codes. */
  async function setUpCodes(page: Page): Promise<{ secret: string; codes: string[] }> {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    const secret = (await dialog.locator('code').textContent()) ?? '';
    await dialog.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret));
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('heading', { name: 'Keep your recovery codes now' }).waitFor();
    const codes = await dialog.getByRole('listitem').allTextContents();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(codes[0] ?? '');
    expect(await page.content()).not.toContain(secret);
    return { secret, codes };
  }

  test('invited, joined, a second factor set up, signed out, signed in with a code and with a recovery code', async () => {
    const page = await person();
    await join(page, await invite('ada@example.test', 'Admin'), 'Ada');

    await page.goto(`${origin}/app/account`);
    await page.getByRole('button', { name: 'Set up' }).click();
    const { secret, codes } = await setUpCodes(page);
    expect(codes).toHaveLength(10);
    await page.getByText('10 codes left').waitFor();
    // The session was replaced: a reload finds the new one in the cookie.
    await page.reload();
    await page.getByText('signed in', { exact: false }).filter({ hasText: 'with a code' }).waitFor();

    await signOut(page);
    await byPassword(page, 'ada@example.test', PHRASE);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/not right/);
    await page.getByLabel('Code').fill(codeOf(secret, 1));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await signOut(page);
    await byPassword(page, 'ada@example.test', PHRASE);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(codes[3] ?? '');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.context().close();
  });

  test('a passkey is registered, signs in alone, is renamed and removed', async () => {
    const page = await person();
    await join(page, await invite('grace@example.test', 'Member'), 'Grace');
    const devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Laptop');
    await page.getByRole('dialog').getByRole('button', { name: 'Add passkey' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'Rename Laptop' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Old laptop');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'Remove Old laptop' }).waitFor();

    await signOut(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: /Overview|Your account/ }).waitFor();

    // As second factor after the password.
    await signOut(page);
    await byPassword(page, 'grace@example.test', PHRASE);
    await page.getByRole('button', { name: 'Use passkey' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();

    await page.goto(`${origin}/app/account`);
    // As the server answers when fifteen minutes have passed.
    const error = { code: 'confirmation_required', message: 'Confirm that it is you.' };
    await page.route('**/api/v1/passkeys/*', (route) => route.fulfill({ status: 403, json: { error } }), { times: 1 });
    await page.getByRole('button', { name: 'Remove Old laptop' }).click();
    await page.getByRole('button', { name: 'Remove passkey' }).click();
    const asked = page.getByRole('dialog', { name: 'Your password, once more' });
    await asked.getByLabel('Password').fill('not this one');
    await asked.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => asked.getByRole('alert').textContent()).toContain('wrong');
    await asked.getByLabel('Password').fill(PHRASE);
    await asked.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('No passkey yet').waitFor();
    await page.context().close();
  });

  test('a workspace that requires a second factor shows nothing else until there is one', async () => {
    const page = await person();
    await join(page, await invite('edsger@example.test', 'Viewer'), 'Edsger');
    await owner.goto(`${origin}/app/settings/members`);
    // Only an owner who has one can require one.
    expect(await owner.getByRole('switch', { name: 'Required of all members' }).isDisabled()).toBe(true);
    await owner.getByRole('link', { name: 'in your account' }).click();
    await owner.getByRole('button', { name: 'Set up' }).click();
    await setUpCodes(owner);
    await owner.goto(`${origin}/app/settings/members`);
    await owner.getByRole('switch', { name: 'Required of all members' }).click();
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Require it' }).click();
    await owner.getByText('A second factor is required now.').waitFor();

    // Also where a page is open already.
    await page.getByRole('link', { name: 'People' }).first().click();
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    await page.getByRole('button', { name: 'Authenticator app' }).click();
    await setUpCodes(page);
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();

    await owner.getByRole('switch', { name: 'Required of all members' }).click();
    await owner.getByText('A second factor is up to each member now.').waitFor();
    await page.context().close();
  });

  test('names and programs that hold HTML are shown as text (attack row 32)', async () => {
    const page = await person({ userAgent: PAYLOAD });
    await join(page, await invite('mallory@example.test', 'Admin'), PAYLOAD);
    await owner.goto(`${origin}/app/settings/api-keys`);
    await owner.getByRole('button', { name: 'Create key' }).first().click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('Label').fill(PAYLOAD);
    await dialog.getByLabel('Search scopes').fill('people');
    await dialog.getByLabel('profiles:read').check();
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await owner.getByRole('link', { name: PAYLOAD }).click();
    await owner.getByRole('heading', { name: PAYLOAD }).waitFor();

    await owner.goto(`${origin}/app/settings/members`);
    await owner.getByText(PAYLOAD).first().waitFor();
    await owner.getByRole('button', { name: 'More about mallory@example.test' }).click();
    await owner.getByRole('menuitem', { name: 'Sessions' }).click();
    await owner.getByRole('dialog').getByText(PAYLOAD, { exact: true }).waitFor();
    await owner.goto(`${origin}/app/settings/audit`);
    await owner.getByRole('cell', { name: PAYLOAD, exact: true }).first().waitFor();
    await owner.getByRole('button', { name: 'session.created' }).first().click();
    await owner.getByRole('dialog').getByText(PAYLOAD).first().waitFor();
    await page.goto(`${origin}/app/account`);
    await page.getByText(PAYLOAD).first().waitFor();
    for (const shown of [owner, page]) expect(await shown.locator('img[src="x"]').count()).toBe(0);

    // Removed: the next request shows it, and the page says so.
    await owner.goto(`${origin}/app/settings/members`);
    await owner.getByRole('button', { name: 'More about mallory@example.test' }).click();
    await owner.getByRole('menuitem', { name: 'Remove' }).click();
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await owner.getByText('mallory@example.test is removed.').waitFor();
    await page.reload();
    await page.getByText('You are not a member of any workspace.').waitFor();
    await page.context().close();
  });

  test('who belongs to two workspaces switches; each tab stays in its own', async () => {
    await owner.goto(`${origin}/app/sources`);
    await owner.getByRole('button', { name: 'Workspace: first' }).first().click();
    await owner.getByRole('menuitemradio', { name: 'second' }).click();
    await owner.getByRole('button', { name: 'Workspace: second' }).first().waitFor();
    expect(new URL(owner.url()).search).toBe('?workspace=second');
    await owner.getByRole('link', { name: 'Members' }).first().click();
    await owner.getByRole('heading', { name: 'Members', level: 1 }).waitFor();
    expect(new URL(owner.url()).search).toBe('?workspace=second');
    await owner.getByText('Nobody is invited').waitFor();

    const tab = await owner.context().newPage();
    await tab.goto(`${origin}/app/settings/members`);
    await tab.getByText('ada@example.test').first().waitFor();
    await owner.reload();
    await owner.getByText('Nobody is invited').waitFor();
    await tab.close();
    await owner.goBack();
    await owner.goBack();
    await owner.getByRole('button', { name: 'Workspace: first' }).first().waitFor();
  });

  test('who has an account signs in to accept; another person is told so', async () => {
    const link = await invite('edsger@example.test', 'Viewer', '?workspace=second');
    await owner.goto(link);
    await owner.getByText('The invitation is for another address.', { exact: false }).waitFor();
    const page = await person();
    await page.goto(link);
    await page.getByRole('heading', { name: 'Join second' }).waitFor();
    expect(await page.getByLabel('Email').inputValue()).toBe('edsger@example.test');
    await page.context().close();
  });

  test('a forgotten password is set anew by the mailed link, which leaves the address at once', async () => {
    const smtp = await startMailSink();
    const other = await install({ env: { SMTP_URL: smtp.url } });
    const running = await other.start();
    const page = await person();
    const at = other.url.replace('127.0.0.1', 'localhost');
    await page.goto(`${at}/app/sign-in`);
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await page.getByRole('heading', { name: 'Set a new password' }).waitFor();
    await page.getByLabel('Email').fill(OWNER_EMAIL);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();

    const mail = await smtp.waitFor(OWNER_EMAIL);
    const link = /http:\S+reset-password#\S+/.exec(mail.mail.text ?? '')?.[0] ?? '';
    await page.goto(link);
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await expect.poll(() => page.url()).toBe(`${at}/app/reset-password`);
    await page.getByLabel('New password').fill('passwordpassword');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('New password').fill(PHRASE);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'The new password is set' }).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Email').fill(OWNER_EMAIL);
    await page.getByLabel('Password').fill(PHRASE);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.context().close();
    await running.stop();
    await smtp.close();
    other.remove();
  });

  test('every new page fits a phone, and none makes the browser complain', async () => {
    await owner.setViewportSize({ width: 375, height: 812 });
    for (const path of ['/account', '/settings/members', '/forgot-password', '/reset-password', '/invitation']) {
      await owner.goto(`${origin}/app${path}`);
      await owner.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => owner.getByRole('status', { name: 'Loading' }).count()).toBe(0);
      const wider = await owner.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      expect([path, wider]).toEqual([path, false]);
    }
    expect(complaints).toEqual([]);
  });
});
