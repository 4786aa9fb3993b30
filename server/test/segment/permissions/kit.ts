/** A workspace with labelled sources, and who asks for them, for the tests of permissions. */
import { expect } from 'vitest';
import { shortId } from '../../../src/http/segment/protocol/ids.ts';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../support/app.ts';

export const OWNER = '1WDUuRLxv84rrfCNUwvkrRtkxnS';
export const MINIMAL = '1aEWAcU0fArxScocwH9xxLgW7r3';
export const READ_ONLY = '1dh1YEnWYCJlSMp6xLyuvnGeZFi';
export const SOURCE_ADMIN = '1lOhVfL014SoCjk50TZPXhmjb7g';
export const SOURCE_READ = '1OEwdZTiimeuKEjlLCGlxqcE83o';
export const PLAN_ADMIN = '1EYyzDz1vq5vmajLQkxnjPk4CP9';

export type Headers = Record<string, string>;
export interface Permission {
  role_id: string;
  resources: { id: string; type: string; labels?: { key: string; value: string }[] }[];
}

export let app: TestApp;
export let w: TestWorkspace;
export let owner: Headers;
export let dev: { id: string; key: string };
export let prod: { id: string; key: string };

export async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  headers: Headers,
  payload?: object,
) {
  const answer = await app.http.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

export async function newSource(slug: string, env: string) {
  const { body } = await ask('POST', '/sources', owner, { slug, enabled: true, metadataId: 'IqDTy1TpoU' });
  const { id, writeKeys } = body.data.source;
  await ask('POST', '/labels', owner, { label: { key: 'env', value: env } });
  const put = await ask('PUT', `/sources/${id}/labels`, owner, { labels: [{ key: 'env', value: env }] });
  expect(put.status).toBe(200);
  return { id, key: writeKeys[0] };
}

/** A member's token, as an owner makes it. */
export async function token(permissions: Permission[], scopes = ['workspace']): Promise<Headers> {
  const { status, body } = await ask('POST', '/api/v1/api-keys', w.ownerHeaders(), {
    name: 'member',
    scopes,
    permissions,
  });
  expect([status, body.permissions?.length]).toEqual([201, permissions.length]);
  return { authorization: `Bearer ${body.key}` };
}

export const onWorkspace = (...labels: { key: string; value: string }[]) => ({
  id: shortId(w.workspace.id),
  type: 'WORKSPACE',
  ...(labels.length > 0 && { labels }),
});
export const onSource = (id: string) => ({ id, type: 'SOURCE' });

/** Before all tests of a file: a workspace with two sources, one with the label `env: dev`, one with `env: prod`. */
export async function prepare(): Promise<void> {
  app = await testApp();
  w = await newWorkspace(app);
  owner = await w.keyHeaders({ scopes: ['workspace'] });
  dev = await newSource('dev-shop', 'dev');
  prod = await newSource('prod-shop', 'prod');
}
