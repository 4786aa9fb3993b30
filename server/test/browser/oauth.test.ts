/** Apps and alerts as a person meets them in the dashboard: consent in a real browser, a token that works, its end. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPkce, type Pkce } from '../support/oauth.ts';
import { NO_BROWSER, servePage } from '../support/peers/browser.ts';
import { type Dashboard, openDashboard, signInAsOwner, WAIT_MS } from '../support/peers/dashboard.ts';
import { OWNER_EMAIL } from '../support/processes/process.ts';

describe.skipIf(NO_BROWSER !== null)(NO_BROWSER ? `browser (${NO_BROWSER})` : 'browser', () => {
  let opened: Dashboard;
  let page: Page;
  let origin: string;
  /** The app's own site, where the browser comes back to. */
  let site: { url: string; close(): void };
  let app: { id: string; secret: string };
  let pkce: Pkce;
  const complaints: string[] = [];

  beforeAll(async () => {
    site = await servePage('');
    opened = await openDashboard(complaints);
    ({ page, origin } = opened);
    await page.goto(`${origin}/app/settings/apps`);
    await signInAsOwner(page);
    await page.getByRole('heading', { name: 'OAuth apps', level: 1 }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await opened?.close();
    site?.close();
  }, 60_000);

  const callback = () => `${site.url.replace('127.0.0.1', 'localhost')}callback`;

  /** What the app does: sends the browser to the server. */
  async function ask(scope = 'sources:read sources:write'): Promise<void> {
    pkce = newPkce();
    const url = new URL('/oauth/authorize', origin);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: app.id,
      redirect_uri: callback(),
      scope,
      state: 'of the app',
      code_challenge: pkce.challenge,
      code_challenge_method: 'S256',
    }).toString();
    await page.goto(url.href);
  }

  /** What the browser brings back to the app. */
  async function answer(): Promise<URLSearchParams> {
    await page.waitForURL((url) => url.href.startsWith(callback()));
    return new URL(page.url()).searchParams;
  }

  async function tokenFor(code: string, secret = app.secret): Promise<Response> {
    return await fetch(`${origin}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${app.id}:${secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: callback(),
        code_verifier: pkce.verifier,
      }),
    });
  }

  const me = (token: string) => fetch(`${origin}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });

  test('an app is registered, its secret shown once', async () => {
    await page.getByRole('button', { name: 'Register app' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Quarterly reporting');
    await dialog.getByLabel('Redirect addresses').fill(callback());
    const register = dialog.getByRole('button', { name: 'Register app' });
    expect(await register.isDisabled()).toBe(true);
    await dialog.getByLabel('Search scopes').fill('sources');
    await dialog.getByLabel('sources:read').check();
    await dialog.getByLabel('sources:write').check();
    await dialog.getByLabel('Search scopes').fill('');
    expect(await dialog.getByLabel('api-keys:manage').count()).toBe(0);
    await register.click();

    await page.getByRole('heading', { name: 'Store the secret now' }).waitFor();
    const [id = '', secret = ''] = await dialog.locator('dd code').allTextContents();
    app = { id, secret };
    expect(secret.length).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Quarterly reporting' }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  test('who is not signed in signs in first and comes back; what is agreed to is what the token may', async () => {
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await ask();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signInAsOwner(page);
    await page.getByRole('heading', { name: 'Quarterly reporting asks for access' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/app\/oauth\/consent\/[\w-]+$/);
    const words = (await page.locator('main').textContent()) ?? '';
    expect(words).toContain(new URL(callback()).host);
    expect(words).toContain('List and read sources');
    // An app that is not registered for sending cannot be let.
    expect(await page.getByRole('switch').count()).toBe(0);

    await page.getByRole('radiogroup', { name: 'Environment' }).getByText('Test').click();
    await page.getByRole('checkbox', { name: /Create, update and delete sources/ }).uncheck();
    await page.getByRole('button', { name: 'Allow' }).click();

    const back = await answer();
    expect(back.get('state')).toBe('of the app');
    const exchanged = await tokenFor(back.get('code') ?? '');
    expect(exchanged.status).toBe(200);
    const { access_token } = (await exchanged.json()) as { access_token: string };
    const told = await me(access_token);
    expect(await told.json()).toMatchObject({
      kind: 'oauth',
      environment: 'test',
      scopes: ['sources:read'],
      may_send: false,
    });

    await page.goto(`${origin}/app/settings/apps`);
    await page.getByRole('button', { name: `Revoke Quarterly reporting for ${OWNER_EMAIL}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke consent' }).click();
    await page.getByText('Nobody has agreed to an app yet').waitFor();
    expect((await me(access_token)).status).toBe(401);
  });

  test('a no goes back to the app as access_denied, and a question is open once', async () => {
    await ask();
    await page.getByRole('heading', { name: 'Quarterly reporting asks for access' }).waitFor();
    const question = page.url();
    await page.getByRole('button', { name: 'Deny' }).click();
    expect((await answer()).get('error')).toBe('access_denied');
    await page.goto(question);
    await page.getByRole('heading', { name: 'This question is no longer open' }).waitFor();
  });

  test('a new secret ends the old one', async () => {
    await page.goto(`${origin}/app/settings/apps/${app.id}`);
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new secret' }).click();
    await page.getByRole('heading', { name: 'Store the secret now' }).waitFor();
    const [, secret = ''] = await page.getByRole('dialog').locator('dd code').allTextContents();
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);

    await ask('sources:read');
    await page.getByRole('button', { name: 'Allow' }).click();
    const code = (await answer()).get('code') ?? '';
    expect((await tokenFor(code)).status).toBe(401);
    expect((await tokenFor(code, secret)).status).toBe(200);
  });

  test('the first use of a trap is an alert, counted in the navigation until somebody takes note', async () => {
    await page.goto(`${origin}/app/settings/api-keys`);
    await page.getByRole('button', { name: 'Create key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Label').fill('Backup bucket');
    await dialog.getByText('A trap').click();
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('heading', { name: 'Store the key now' }).waitFor();
    const trap = (await dialog.locator('code').first().textContent()) ?? '';
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    expect((await me(trap)).status).toBe(403);

    const alert = page.getByRole('listitem').filter({ hasText: 'Canary key "Backup bucket"' });
    await expect
      .poll(
        async () => {
          await page.goto(`${origin}/app/alerts`);
          await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
          return await alert.count();
        },
        { timeout: WAIT_MS },
      )
      .toBe(1);
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await navigation.getByRole('link', { name: 'Alerts 1 open' }).waitFor();
    expect(await alert.textContent()).toContain('critical');
    await alert.getByText('Details').click();
    await alert.getByText('The request was refused.').waitFor();

    await alert.getByRole('button', { name: /^Acknowledge/ }).click();
    await page.getByRole('heading', { name: 'No open alert' }).waitFor();
    await navigation.getByRole('link', { name: 'Alerts', exact: true }).waitFor();
    await page.getByText('Acknowledged', { exact: true }).click();
    await page.getByText(`by ${OWNER_EMAIL}`).waitFor();
    await alert.getByRole('link', { name: /Backup bucket/ }).click();
    await page.getByRole('heading', { name: 'Backup bucket', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'All its requests' }).click();
    await page.getByRole('heading', { name: 'Usage', level: 1 }).waitFor();
    await expect.poll(() => page.getByRole('table', { name: 'Requests' }).textContent()).toContain('403');
  });

  test('every one of these pages fits a phone, and the policy of the pages was never broken', async () => {
    await page.setViewportSize({ width: 375, height: 812 });
    const paths = ['/alerts', '/alerts/leaks', '/alerts/approvals', '/settings/apps', `/settings/apps/${app.id}`];
    for (const path of [...paths, '/settings/usage', '/oauth/consent/unknown']) {
      await page.goto(`${origin}/app${path}`);
      await expect.poll(() => page.getByRole('heading').count()).toBeGreaterThan(0);
      await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count()).toBe(0);
      const wider = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      expect([path, wider]).toEqual([path, false]);
    }
    expect(complaints).toEqual([]);
  });
});
