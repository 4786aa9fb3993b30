/**
 * Segment's own TypeScript client, unmodified, against a server as its users run it: every class that has P1 operations,
 * create → read → list page by page → update → delete, and the errors it is told. One file a group of classes, in sdk/.
 */
import { afterAll, beforeAll, describe, test } from 'vitest';
import {
  type Installation,
  install,
  OWNER_EMAIL,
  OWNER_PASSWORD,
  type RunningServer,
} from '../support/processes/process.ts';
import * as connections from './sdk/connections.ts';
import * as destinations from './sdk/destinations.ts';
import * as iam from './sdk/iam.ts';
import { createKit, type Kit } from './sdk/kit.ts';
import * as metrics from './sdk/metrics.ts';
import * as plans from './sdk/plans.ts';
import * as spaces from './sdk/spaces.ts';
import * as workspace from './sdk/workspace.ts';

let installation: Installation;
let server: RunningServer;
let kit: Kit;

beforeAll(async () => {
  installation = await install();
  server = await installation.start();
  kit = createKit(installation.url, await newToken());
}, 120_000);

afterAll(async () => {
  await server?.stop();
  installation?.remove();
}, 60_000);

/** An owner's, with access to the whole workspace. */
async function newToken(): Promise<string> {
  const post = async (path: string, body: object, token?: string): Promise<Record<string, string>> => {
    const answer = await fetch(new URL(path, installation.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  const { access } = await post('/api/auth/token/', { email: OWNER_EMAIL, password: OWNER_PASSWORD });
  const made = await post('/api/v1/api-keys', { name: 'sdk', scopes: ['workspace', 'workspace:read'] }, access);
  return made['key'] ?? '';
}

for (const [group, scenarios] of Object.entries({
  workspace,
  connections,
  destinations,
  plans,
  spaces,
  metrics,
  iam,
})) {
  describe(group, () => {
    for (const [name, run] of Object.entries(scenarios)) test(name, () => run(kit), 60_000);
  });
}
