import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../test/support/app.ts';

test('a key says who it is in all three header styles', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const key = await w.key({ scopes: ['events:read'], environment: 'test' });
  for (const headers of [
    { authorization: `Bearer ${key}` },
    { authorization: `ApiKey ${key}` },
    { 'x-api-key': key },
  ]) {
    const answer = await app.http.inject({ method: 'GET', url: '/api/v1/me', headers: { ...headers } });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ kind: 'key', environment: 'test', scopes: ['events:read'], may_send: false });
  }
});
