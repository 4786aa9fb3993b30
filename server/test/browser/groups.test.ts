/** Groups and what they may, as an owner gives it in the dashboard, and as the API has it afterwards. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_BROWSER } from '../support/peers/browser.ts';
import { type Dashboard, openDashboard, signInAsOwner, WAIT_MS } from '../support/peers/dashboard.ts';
import { call, type Installation, OWNER_EMAIL, signIn } from '../support/processes/process.ts';

/** Whatever stands where something is still to come. */
const LOADING = '.animate-pulse-slow';

interface GroupBody {
  id: string;
  name: string;
  member_count: number;
  permissions: { role_name: string; resources: { id: string; type: string }[] }[];
}

describe.skipIf(NO_BROWSER !== null)(NO_BROWSER ? `browser (${NO_BROWSER})` : 'groups', () => {
  let installation: Installation;
  let opened: Dashboard;
  let browser: Browser;
  let page: Page;
  let origin: string;
  let token: string;
  let sourceId: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    opened = await openDashboard(complaints);
    ({ installation, browser, page, origin } = opened);
    ({ access: token } = await signIn(installation.url));
    sourceId = (await api<{ id: string }>('/sources', { body: { name: 'Web shop' } })).id;
    await page.goto(`${origin}/app/settings/groups`);
    await signInAsOwner(page);
    await page.getByRole('heading', { name: 'Groups', level: 1 }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await opened?.close();
  }, 60_000);

  const api = <T>(path: string, options: Parameters<typeof call>[2] = {}) =>
    call<T>(installation.url, `/api/v1${path}`, { token, ...options });
  const eventually = <T>(read: () => T) => expect.poll(read, { timeout: WAIT_MS });
  const permissions = () => page.getByRole('list', { name: 'Permissions of the group' });
  const members = () => page.getByRole('list', { name: 'Members of the group' });

  async function only(): Promise<GroupBody | undefined> {
    return (await api<{ items: GroupBody[] }>('/groups')).items[0];
  }

  async function choose(select: Locator, option: string): Promise<void> {
    await select.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  async function give(role: string, on?: string): Promise<void> {
    await choose(page.getByLabel('Role', { exact: true }), role);
    if (on) await choose(page.getByLabel('On', { exact: true }), on);
    await page.getByRole('button', { name: 'Add permission' }).click();
    await permissions().getByText(role).waitFor();
  }

  test('a group is made and given roles on one source and on the whole workspace', async () => {
    await page.getByRole('button', { name: 'Create group' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Analysts');
    await page.getByRole('dialog').getByRole('button', { name: 'Create group' }).click();
    await page.getByRole('heading', { name: 'Analysts', level: 1 }).waitFor();

    await give('Source Read-only', 'Web shop (source)');
    await permissions().getByText('on the source Web shop').waitFor();
    await give('Tracking Plan Admin');
    await permissions().getByText('on everything').waitFor();
    const workspace = (await api<{ workspace: { id: string } }>('/me')).workspace.id;
    expect((await only())?.permissions).toMatchObject([
      { role_name: 'Source Read-only', resources: [{ id: sourceId, type: 'SOURCE' }] },
      { role_name: 'Tracking Plan Admin', resources: [{ id: workspace, type: 'WORKSPACE' }] },
    ]);

    await page.getByRole('button', { name: 'Take Tracking Plan Admin away' }).click();
    await eventually(() => permissions().getByRole('listitem').count()).toBe(1);
    expect((await only())?.permissions).toHaveLength(1);
  });

  test('members are put in by their address; who is none yet is invited', async () => {
    const email = page.getByLabel('Email of a new member');
    const add = page.getByRole('button', { name: 'Add', exact: true });
    await email.fill(OWNER_EMAIL);
    await add.click();
    await members().getByText(OWNER_EMAIL).waitFor();
    await email.fill('new@example.test');
    await add.click();
    const invited = members().getByRole('listitem').filter({ hasText: 'new@example.test' });
    await invited.getByText('invited').waitFor();
    expect((await only())?.member_count).toBe(1);

    await page.getByRole('button', { name: `Take ${OWNER_EMAIL} out` }).click();
    await eventually(() => members().getByRole('listitem').count()).toBe(1);
    await page.reload();
    await invited.getByText('invited').waitFor();
    expect((await only())?.member_count).toBe(0);
  });

  test('a member is limited to what was given, and gets a role with a permission on the whole workspace', async () => {
    const { link } = await api<{ link: string }>('/invitations', {
      body: { email: 'ada@example.test', role: 'limited' },
    });
    const guest = await (await browser.newContext()).newPage();
    guest.setDefaultTimeout(WAIT_MS);
    await guest.goto(link);
    await guest.getByLabel('Your name').fill('Ada');
    await guest.getByLabel('Password').fill('five ducks on a green pond');
    await guest.getByRole('button', { name: 'Make the account and join' }).click();
    await guest.getByRole('heading', { name: 'Overview' }).waitFor();
    await guest.context().close();

    await page.goto(`${origin}/app/settings/members`);
    const role = page.getByLabel('Role of ada@example.test');
    await eventually(() => role.textContent()).toBe('Limited');
    await page.getByRole('button', { name: 'More about ada@example.test' }).click();
    await page.getByRole('menuitem', { name: 'Permissions' }).click();
    const dialog = page.getByRole('dialog');
    const list = dialog.getByRole('list', { name: 'Permissions of the member' });
    await choose(dialog.getByLabel('Role', { exact: true }), 'Source Admin');
    await choose(dialog.getByLabel('On', { exact: true }), 'Web shop (source)');
    await dialog.getByRole('button', { name: 'Add permission' }).click();
    await list.getByText('on the source Web shop').waitFor();
    await choose(dialog.getByLabel('Role', { exact: true }), 'Workspace Read-only');
    await dialog.getByRole('button', { name: 'Add permission' }).click();
    await list.getByText('Workspace Read-only').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => role.textContent()).toBe('Viewer');
  });

  test('every one of these pages fits a phone, and the policy of the pages was never broken', async () => {
    const size = page.viewportSize();
    await page.setViewportSize({ width: 375, height: 812 });
    for (const path of ['/settings/groups', '/settings/members', `/settings/groups/${(await only())?.id}`]) {
      await page.goto(`${origin}/app${path}`);
      await eventually(() => page.getByRole('heading', { level: 1 }).count()).toBeGreaterThan(0);
      await eventually(() => page.locator(LOADING).count()).toBe(0);
      const wider = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      expect([path, wider]).toEqual([path, false]);
    }
    if (size) await page.setViewportSize(size);
    expect(complaints).toEqual([]);
  });

  test('a group is renamed and deleted', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Readers');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'Readers', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Delete group' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete group' }).click();
    await page.getByRole('heading', { name: 'No group yet' }).waitFor();
    expect(await only()).toBeUndefined();
  });
});
