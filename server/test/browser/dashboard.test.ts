/** The dashboard as a person uses it: a spawned server, a real browser, the unchanged Segment libraries. */
import { Analytics } from '@segment/analytics-node';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_BROWSER, servePage } from '../support/peers/browser.ts';
import { type Dashboard, openDashboard, signInAsOwner, WAIT_MS } from '../support/peers/dashboard.ts';
import { startReceiver, type WebhookCall } from '../support/peers/receiver.ts';
import { OWNER_EMAIL, OWNER_PASSWORD } from '../support/processes/process.ts';

describe.skipIf(NO_BROWSER !== null)(NO_BROWSER ? `browser (${NO_BROWSER})` : 'browser', () => {
  let opened: Dashboard;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let origin: string;
  /** What the browser complained of: script errors, refused resources, broken policy. */
  const complaints: string[] = [];

  beforeAll(async () => {
    opened = await openDashboard(complaints, (message) => message.type() === 'error');
    ({ browser, context, page, origin } = opened);
    await page.goto(`${origin}/`);
    await signInAsOwner(page);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    // Before anybody is signed in, the silent refresh is refused; the browser writes that down.
    complaints.length = 0;
  }, 180_000);

  afterAll(async () => {
    await opened?.close();
  }, 60_000);

  const open = (path: string) => page.goto(`${origin}/app${path}`);
  const me = (key: string) => fetch(`${origin}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });

  async function createSource(name: string): Promise<void> {
    await open('/sources');
    await page.getByRole('button', { name: 'Create source' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Create source' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  async function writeKey(): Promise<string> {
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Write key' }) });
    return (await panel.locator('code').textContent()) ?? '';
  }

  /** The row of an event that came by the stream: the page is not loaded again. */
  async function arrival(name: string): Promise<string> {
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
    await row.first().waitFor();
    return (await row.first().textContent()) ?? '';
  }

  test('a wrong password is refused in plain words', async () => {
    const stranger = await browser.newContext();
    const signIn = await stranger.newPage();
    await signIn.goto(`${origin}/app/people`);
    await signIn.getByLabel('Email').fill(OWNER_EMAIL);
    await signIn.getByLabel('Password').fill('not the password');
    await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect.poll(() => signIn.getByRole('alert').textContent()).toContain('Email or password is wrong');

    // The right one leads to where the person wanted to go.
    await signIn.getByLabel('Password').fill(OWNER_PASSWORD);
    await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
    await signIn.getByRole('heading', { name: 'People' }).waitFor();
    expect(new URL(signIn.url()).pathname).toBe('/app/people');
    await stranger.close();
  });

  test('a key is shown once, works, and is refused the moment it is revoked', async () => {
    await open('/settings/api-keys');
    await page.getByRole('button', { name: 'Create key' }).click();
    const dialog = page.getByRole('dialog');
    const create = dialog.getByRole('button', { name: 'Create key' });
    await dialog.getByLabel('Label').fill('Nightly export');
    // Without a scope the key could do everything, so that must be asked for.
    expect(await create.isDisabled()).toBe(true);
    await dialog.getByLabel('Search scopes').fill('people');
    await dialog.getByLabel('profiles:read').check();
    expect(await dialog.getByRole('switch', { name: 'May send' }).isChecked()).toBe(false);
    await create.click();

    await page.getByRole('heading', { name: 'Store the key now' }).waitFor();
    const key = (await dialog.locator('code').first().textContent()) ?? '';
    expect(key).toMatch(/^sk_live_hg_[0-9A-Za-z]{46}$/);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await dialog.waitFor({ state: 'detached' });

    const answer = await me(key);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ kind: 'key', scopes: ['profiles:read'], may_send: false });
    for (const again of [false, true]) {
      if (again) await page.reload();
      await page.getByText('Nightly export').waitFor();
      expect(await page.content()).not.toContain(key.slice(20));
    }

    await page.getByRole('button', { name: 'Revoke Nightly export' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click();
    await page.getByText('Nightly export is revoked.').waitFor();
    expect((await me(key)).status).toBe(401);
    await expect.poll(() => page.getByRole('row', { name: /Nightly export/ }).textContent()).toContain('Revoked');
  });

  test('events of the unchanged Node library appear live, with what became of each', async () => {
    await createSource('Backend');
    const key = await writeKey();
    await page.getByRole('link', { name: 'Its events' }).click();
    await page.getByText('Live', { exact: true }).last().waitFor();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();

    const analytics = new Analytics({ writeKey: key, host: origin });
    analytics.identify({ userId: 'user-1', traits: { email: 'user-1@example.test', plan: 'pro' } });
    analytics.track({ userId: 'user-1', event: 'Order Completed', properties: { revenue: 12.5 } });
    analytics.track({ userId: 'user-1', event: 'Seen Twice', messageId: 'the same' });
    await analytics.flush();
    expect(await arrival('Order Completed')).toContain('accepted');
    analytics.track({ userId: 'user-1', event: 'Seen Twice', messageId: 'the same' });
    await analytics.closeAndFlush();
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'duplicate' }).count()).toBe(1);

    await fetch(`${origin}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${key}:`)}` },
      body: JSON.stringify({ batch: [{ type: 'track', event: 'Without a person' }] }),
    });
    expect(await arrival('Without a person')).toMatch(/rejected/);

    await page.getByRole('link', { name: 'Order Completed' }).click();
    const panel = page.getByRole('dialog');
    await expect.poll(() => panel.textContent()).toContain('"revenue": 12.5');
    await panel.getByRole('link', { name: 'user-1' }).click();
    await page.getByRole('heading', { name: 'user-1@example.test' }).waitFor();
    expect(await page.getByRole('table', { name: 'Traits' }).textContent()).toMatch(/plan.*pro/);
  });

  test("a webhook's secret is shown once, its deliveries appear by themselves, and every attempt can be read", async () => {
    const receiver = await startReceiver(() => ({ status: receiver.calls.length === 0 ? 503 : 200 }));
    await createSource('Checkout');
    const key = await writeKey();
    await page.getByRole('link', { name: 'Add a destination' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Billing');
    await dialog.getByLabel('URL').fill(receiver.url);
    await dialog.getByRole('button', { name: 'Add webhook' }).click();
    await page.getByRole('heading', { name: 'Store the signing secret now' }).waitFor();
    const secret = (await dialog.locator('code').textContent()) ?? '';
    expect(secret).toMatch(/^whsec_/);
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('heading', { name: 'Billing', level: 1 }).waitFor();
    expect(await page.content()).not.toContain(secret);

    const analytics = new Analytics({ writeKey: key, host: origin });
    analytics.track({ userId: 'user-2', event: 'Invoice Paid' });
    await analytics.closeAndFlush();
    const delivery = page.locator('main li').getByRole('button').first();
    await expect.poll(() => delivery.textContent(), { timeout: WAIT_MS }).toContain('delivered');
    await delivery.click();
    await expect.poll(() => page.getByRole('list').last().textContent()).toMatch(/503.*attempt 1.*200.*attempt 2/s);
    expect(() =>
      new Webhook(secret).verify(receiver.calls[1]?.text ?? '', signatureOf(receiver.calls[1])),
    ).not.toThrow();
    await receiver.stop();
  });

  test('the browser snippet works as it is copied, from another site', async () => {
    await createSource('Shop');
    await page.getByRole('tab', { name: 'Browser' }).click();
    const snippet = (await page.getByRole('region', { name: 'Browser snippet' }).textContent()) ?? '';
    await page.getByRole('link', { name: 'Its events' }).click();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();

    const site = await servePage(snippet);
    const visitor = await context.newPage();
    const foreign: string[] = [];
    visitor.on('request', (request) => {
      if (![origin, new URL(site.url).origin].includes(new URL(request.url()).origin)) foreign.push(request.url());
    });
    await visitor.goto(site.url);
    expect(await arrival('Signed Up')).toContain('accepted');
    expect(await arrival('page')).toContain('accepted');
    expect(foreign).toEqual([]);
    await visitor.close();
    site.close();
  });

  test('a page that loads the browser library with only the host changed is heard', async () => {
    await createSource('Landing page');
    const key = await writeKey();
    await page.getByRole('link', { name: 'Its events' }).click();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    const site = await servePage(`import { AnalyticsBrowser } from '@segment/analytics-next';
      AnalyticsBrowser.load({ writeKey: '${key}', cdnURL: '${origin}' }).track('Only the host changed');`);
    const visitor = await context.newPage();
    await visitor.goto(site.url);
    expect(await arrival('Only the host changed')).toContain('accepted');
    await visitor.close();
    site.close();
  });

  test('every page fits a phone, and none makes the browser complain', async () => {
    const size = page.viewportSize();
    await page.setViewportSize({ width: 375, height: 812 });
    const paths = ['/', '/events', '/people', '/sources', '/destinations', '/templates', '/templates/new', '/sandbox'];
    for (const path of [...paths, '/sandbox?env=test', '/?env=test', '/settings/api-keys', '/nowhere']) {
      await open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count(), { timeout: WAIT_MS }).toBe(0);
      const wider = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      expect([path, wider]).toEqual([path, false]);
    }
    await open('/');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'API Keys' }).click();
    await page.getByRole('heading', { name: 'API Keys', level: 1 }).waitFor();
    if (size) await page.setViewportSize(size);
    expect(complaints).toEqual([]);
  });

  test('the keyboard is enough, and the focus is never lost', async () => {
    const focused = () => page.locator(':focus');
    await open('/sources');
    await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused().textContent()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused().getAttribute('id')).toBe('main');

    await page.getByRole('button', { name: 'Create source' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => focused().evaluate((element) => element.tagName)).toBe('INPUT');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused().textContent()).toBe('Create source');

    await open('/events');
    const row = page.getByRole('link', { name: 'Order Completed' }).first();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused().textContent()).toBe('Order Completed');
  });

  test('signing out ends the session in every tab, and a reload does not bring it back', async () => {
    await open('/');
    const other = await context.newPage();
    await other.goto(`${origin}/app/events`);
    await other.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.reload();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.close();
  });
});

function signatureOf(call: WebhookCall | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(call?.headers ?? {}).map(([name, value]) => [name, String(value)]));
}
