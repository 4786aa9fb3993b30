/** Connections as a person sets them up in the dashboard: destinations, filters, functions, plans, sources, warehouses. */
import { Analytics } from '@segment/analytics-node';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_BROWSER } from '../support/peers/browser.ts';
import { type Dashboard, openDashboard, signInAsOwner, WAIT_MS } from '../support/peers/dashboard.ts';
import { type Receiver, startReceiver } from '../support/peers/receiver.ts';
import { freePort } from '../support/processes/port.ts';

/** Whatever stands where something is still to come. */
const LOADING = '.animate-pulse-slow';

describe.skipIf(NO_BROWSER !== null)(NO_BROWSER ? `browser (${NO_BROWSER})` : 'connections', () => {
  let opened: Dashboard;
  let page: Page;
  let origin: string;
  let receiver: Receiver;
  /** Write keys of the source of these tests. */
  let keys: string[] = [];
  /** What was made here, by the noun of its address. */
  const made = new Map<string, string>();
  const complaints: string[] = [];

  beforeAll(async () => {
    receiver = await startReceiver();
    opened = await openDashboard(complaints);
    ({ page, origin } = opened);
    await open('/sources');
    await signInAsOwner(page);
    await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await opened?.close();
    await receiver?.stop();
  }, 60_000);

  /** Longer than a poll has by itself: on a busy machine a page takes its time. */
  const eventually = <T>(read: () => T) => expect.poll(read, { timeout: WAIT_MS });
  const open = (path: string) => page.goto(`${origin}/app${path}`);
  const dialog = () => page.getByRole('dialog');
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
  const tab = (name: string) => page.getByRole('tab', { name }).click();
  const panel = (title: string) => page.locator('section', { has: page.getByRole('heading', { name: title }) });

  /** Remembers the address of what the page shows. */
  function remember(noun: string): void {
    made.set(noun, new URL(page.url()).pathname.replace('/app', ''));
  }

  async function openMade(noun: string): Promise<void> {
    await open(made.get(noun) ?? '/nowhere');
  }

  async function choose(select: Locator, option: string): Promise<void> {
    await select.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  /** Writes into a code editor, which is no field of a form: over everything that is in it. */
  async function write(label: string, code: string): Promise<void> {
    await page.getByRole('textbox', { name: label, exact: true }).fill(code);
  }

  test('a source gets a label and a second write key', async () => {
    await page.getByRole('button', { name: 'Create source' }).click();
    await dialog().getByLabel('Name').fill('Web shop');
    await dialog().getByRole('button', { name: 'Create source' }).click();
    await heading('Web shop');
    remember('source');

    await page.getByLabel('New label').fill('region: north');
    await panel('Labels').getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: 'Remove region: north' }).waitFor();

    await page.getByRole('button', { name: 'Add write key' }).click();
    const codes = panel('Write keys').locator('code');
    await eventually(() => codes.count()).toBe(2);
    keys = await codes.allTextContents();
    expect(new Set(keys).size).toBe(2);

    await page.reload();
    await page.getByRole('button', { name: 'Remove region: north' }).waitFor();
    expect(await codes.allTextContents()).toEqual(keys);
    await open('/settings/labels');
    await eventually(() => page.getByRole('table', { name: 'Labels' }).textContent()).toContain('region: north');
  });

  test('a destination of the catalog is found, set up and mapped', async () => {
    await open('/destinations/new');
    await page.getByLabel('Search destinations').fill('webhooks (actions)');
    await page.getByRole('link', { name: 'Webhooks (Actions)', exact: true }).click();
    await choose(page.getByLabel('Source'), 'Web shop');
    await page.getByLabel('Name', { exact: true }).fill('Order hook');
    await page.getByLabel(/^Shared Secret/).fill('a secret of the tests');
    await page.getByRole('button', { name: 'Add destination' }).click();
    await heading('Order hook');
    remember('destination');

    await tab('Settings');
    await page.getByPlaceholder('Stored. Type to replace it.').waitFor();
    expect(await page.content()).not.toContain('a secret of the tests');

    await tab('Mappings');
    await page.getByRole('button', { name: 'Add mapping' }).click();
    await dialog().getByLabel('Name', { exact: true }).fill('Orders');
    await dialog().getByLabel('Runs when').fill('type = "track" and');
    await dialog().getByLabel('URL', { exact: true }).fill(receiver.url);
    await dialog().getByRole('button', { name: 'Save mapping' }).click();
    // What is wrong with a trigger is said where it was written.
    await dialog().locator('p[id$="-hint"]').getByText('line 1, character 19').waitFor();
    expect(await dialog().getByLabel('Runs when').getAttribute('aria-invalid')).toBe('true');
    await dialog().getByLabel('Runs when').fill('type = "track"');
    await dialog().getByRole('button', { name: 'Save mapping' }).click();
    await dialog().waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Edit Orders' }).click();
    await dialog().getByLabel('Method', { exact: true }).fill('PUT');
    await dialog().getByLabel('Data (optional)').fill('$.properties');
    await dialog().getByLabel('Runs when').fill('type = "track" and event != "Left out"');
    await dialog().getByRole('button', { name: 'Save mapping' }).click();
    await dialog().waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: /Orders/ });
    await eventually(() => row.textContent()).toContain('event != "Left out"');
    // Data made of a part of the event is kept, and is not what is delivered here.
    await row.getByText('stored, not delivered').waitFor();
    await page.getByRole('button', { name: 'Edit Orders' }).click();
    await dialog().getByLabel('Data (optional)').fill('$.');
    await dialog().getByRole('button', { name: 'Save mapping' }).click();
    await dialog().waitFor({ state: 'detached' });
    await row.getByText('stored, not delivered').waitFor({ state: 'detached' });
  });

  test('a filter shows what it makes of an event while it is written, and where a mistake is', async () => {
    await openMade('destination');
    await tab('Filters');
    await page.getByRole('button', { name: 'Add filter' }).click();
    await dialog().getByLabel('Title').fill('No test orders');
    const preview = dialog().getByRole('status');
    await preview.getByText('dropped').waitFor();

    await dialog().getByLabel('If', { exact: true }).fill("type = 'track' and event ~ 'x'");
    await eventually(() => preview.textContent()).toMatch(/^Line 1, column 26/);
    await dialog().getByRole('button', { name: 'Save filter' }).click();
    await eventually(() => dialog().getByLabel('If', { exact: true }).getAttribute('aria-invalid')).toBe('true');

    await dialog().getByLabel('If', { exact: true }).fill("match(event, 'Test *')");
    await choose(dialog().getByLabel('Then'), 'Take fields out');
    const fields = dialog().getByLabel('Fields');
    await fields.pressSequentially('properties.email, userId,');
    await page.keyboard.press('Backspace');
    expect(await fields.inputValue()).toBe('properties.email, userId');
    const delivered = dialog().getByRole('region', { name: 'what is delivered' });
    await eventually(() => delivered.textContent()).not.toContain('ada');
    expect(await delivered.textContent()).toContain('"total": 12.5');

    await choose(dialog().getByLabel('Then'), 'Drop the event');
    await preview.getByText('dropped').waitFor();
    await dialog().getByRole('button', { name: 'Save filter' }).click();
    await dialog().waitFor({ state: 'detached' });
    await eventually(() => page.getByRole('row', { name: /No test orders/ }).textContent()).toContain("'Test *'");
  });

  test('events of both write keys are delivered as it was set up', async () => {
    for (const writeKey of keys) {
      const analytics = new Analytics({ writeKey, host: origin });
      for (const event of ['Test Order', 'Left out', 'Order Completed'])
        analytics.track({ userId: 'ada', event, properties: { event, writeKey } });
      await analytics.closeAndFlush();
    }
    await eventually(() => receiver.calls.length).toBe(2);
    const properties = receiver.calls.map(({ body }) => body['properties']);
    for (const writeKey of keys) expect(properties).toContainEqual({ event: 'Order Completed', writeKey });
    expect(receiver.calls[0]?.method).toBe('PUT');
    expect(receiver.calls[0]?.headers['x-signature']).toMatch(/^[0-9a-f]{40}$/);
    await openMade('destination');
    await eventually(() => page.locator('main li').first().textContent()).toContain('delivered');

    await open('/metrics');
    await eventually(() => page.getByRole('table', { name: 'Events by name' }).textContent()).toMatch(
      /Order Completed/,
    );
    await panel('Deliveries').getByRole('combobox', { name: 'Destination' }).waitFor();
  });

  test('a function is written, run as it stands in the editor, and deployed', async () => {
    await open('/functions');
    await page.getByRole('button', { name: 'Create function' }).click();
    await dialog().getByLabel('Name').fill('Round totals');
    await dialog().getByRole('button', { name: 'Create function' }).click();
    await heading('Round totals');
    remember('function');
    await page.getByText('Never deployed').waitFor();

    await write('Code', 'async function onTrack(event) {\n  throw new Error("not this one");\n}\n');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/Error: not this one \(line 2/).waitFor();

    const code =
      'async function onTrack(event) {\n  console.log("seen");\n  event.properties.total = 12;\n  return event;\n}\n';
    await write('Code', code);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const result = page.getByRole('region', { name: 'what it returned' });
    await eventually(() => result.textContent().catch(() => '')).toContain('"total": 12\n');
    await eventually(() => page.getByRole('list', { name: 'Logs' }).textContent()).toContain('seen');

    // What was typed survives a look at another tab, and is what is deployed.
    await tab('Versions');
    await tab('Run');
    await result.waitFor();
    await page.getByRole('button', { name: 'Save and deploy' }).click();
    await page.getByText('Deployed', { exact: true }).first().waitFor();
    await eventually(() => page.getByRole('button', { name: 'Deploy', exact: true }).isDisabled()).toBe(true);
    await page.reload();
    await eventually(() => page.getByRole('textbox', { name: 'Code', exact: true }).textContent()).toContain('= 12;');
    await open('/functions');
    await eventually(() => page.getByRole('row', { name: /Round totals/ }).textContent()).toContain('Deployed');
  });

  test('a tracking plan gets a rule with a field, and a source follows it', async () => {
    await open('/plans');
    await page.getByRole('button', { name: 'Create plan' }).click();
    await dialog().getByLabel('Name').fill('Shop events');
    await dialog().getByRole('button', { name: 'Create plan' }).click();
    await heading('Shop events');
    remember('plan');

    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('menuitem', { name: 'An event (track)' }).click();
    await page.getByLabel('Event', { exact: true }).fill('Order Completed');
    await page.getByRole('button', { name: 'Add field' }).click();
    await page.getByLabel('Name of the field').fill('total');
    await page.keyboard.press('Enter');
    await choose(page.getByRole('combobox', { name: 'Type of total' }), 'number');
    await page.getByRole('checkbox', { name: 'Required' }).check();
    // Not saved yet, and not lost by looking elsewhere.
    await tab('What arrived');
    await page.getByText('Nothing arrived yet').waitFor();
    await tab('Rules');
    const save = page.getByRole('button', { name: 'Save plan' });
    await save.click();
    await page.getByText('Saved. The rules are in force.').waitFor();
    await eventually(() => save.isDisabled()).toBe(true);

    await tab('Sources');
    const follows = page.getByRole('switch', { name: 'Web shop' });
    await follows.click();
    await eventually(() => follows.isChecked()).toBe(true);
    await page.reload();
    await eventually(() => page.getByLabel('Event', { exact: true }).inputValue()).toBe('Order Completed');
    expect(await page.getByRole('combobox', { name: 'Type of total' }).textContent()).toBe('number');
    await tab('Sources');
    await eventually(() => follows.isChecked()).toBe(true);
    await openMade('source');
    await panel('Schema').getByRole('link', { name: 'tracking plan' }).waitFor();

    const analytics = new Analytics({ writeKey: keys[0] ?? '', host: origin });
    analytics.track({ userId: 'ada', event: 'Order Completed', properties: { total: 'twelve' } });
    await analytics.closeAndFlush();
    const arrived = page.locator('details', { hasText: 'Order Completed' });
    await eventually(async () => {
      await openMade('plan');
      await tab('What arrived');
      await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
      return (await arrived.count()) === 0 ? '' : await arrived.first().textContent();
    }).toMatch(/planned.*break the plan/);
  });

  test('a warehouse is added, and trying it tells that nobody answers', async () => {
    await open('/warehouses/new');
    await page.getByLabel(/^Search/).fill('postgres');
    await page.getByRole('link', { name: 'Postgres', exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('Numbers');
    const settings = { port: String(await freePort()), database: 'd', hostname: '127.0.0.1', username: 'u' };
    for (const [name, value] of Object.entries(settings)) await page.getByLabel(name, { exact: true }).fill(value);
    await page.getByLabel('password', { exact: true }).fill('a secret of the tests');
    await page.getByRole('button', { name: 'Add warehouse' }).click();
    await heading('Numbers');
    remember('warehouse');
    expect(await page.content()).not.toContain('a secret of the tests');
    await eventually(() => page.getByRole('switch', { name: 'Web shop' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('It cannot be reached').waitFor();
  });

  test('the catalog is searched, and a type shows its settings and actions', async () => {
    await open('/catalog');
    await page.getByLabel('Search the catalog').fill('slack');
    await page
      .getByRole('link', { name: /^Slack/ })
      .first()
      .waitFor();
    expect(new URL(page.url()).search).toContain('q=slack');
    await open('/catalog/destinations/actions-webhook');
    await heading('Webhooks (Actions)');
    await page.getByRole('table', { name: 'Settings' }).getByText('sharedSecret').waitFor();
    await page.getByText('Send', { exact: true }).click();
    await page.getByRole('table', { name: 'Fields of Send' }).getByText('batch_size').waitFor();
    for (const kind of ['sources', 'warehouses']) {
      await open(`/catalog?kind=${kind}`);
      await eventually(() => page.locator('main li').count()).toBeGreaterThan(3);
    }
  });

  test('every one of these pages fits a phone, and the policy of the pages was never broken', async () => {
    await page.setViewportSize({ width: 375, height: 812 });
    const fits = async (what: string) => {
      await eventually(() => page.getByRole('heading', { level: 1 }).count()).toBeGreaterThan(0);
      await eventually(() => page.locator(LOADING).count()).toBe(0);
      const wider = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      expect([what, wider]).toEqual([what, false]);
    };
    const lists = ['/sources', '/destinations', '/warehouses', '/functions', '/plans', '/catalog', '/metrics'];
    const forms = ['/destinations/new', '/destinations/new?setup=actions-slack', '/warehouses/new?setup=snowflake'];
    const others = ['/settings/labels', '/catalog/destinations/actions-webhook', '/warehouses/new'];
    for (const path of [...lists, ...forms, ...others, ...made.values()]) {
      await open(path);
      await fits(path);
    }
    for (const [noun, tabs] of [
      ['destination', ['Mappings', 'Filters', 'Settings']],
      ['plan', ['What arrived', 'Sources']],
      ['function', ['Settings', 'Versions']],
    ] as const) {
      await openMade(noun);
      for (const name of tabs) {
        await tab(name);
        await fits(`${noun}: ${name}`);
      }
    }
    expect(complaints).toEqual([]);
  });
});
