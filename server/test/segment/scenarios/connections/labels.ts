/** Labels of a workspace. */
import { expect } from 'vitest';
import type { SegmentClient } from '../../client.ts';

export async function run({ call, fails }: SegmentClient): Promise<void> {
  expect(await call('listLabels')).toEqual({ labels: [] });
  const plain = { key: 'env', value: 'production' };
  const described = { key: 'team', value: 'growth & co/1', description: 'Who asks for it' };
  for (const label of [plain, described]) {
    expect(await call('createLabel', { body: { label }, version: 'v1alpha' })).toEqual({ label });
  }
  for (const version of ['v1', 'v1beta', 'v1alpha'] as const) {
    expect(await call('listLabels', { version })).toEqual({ labels: [plain, described] });
  }

  expect((await fails('createLabel', { body: { label: plain } })).errors).toEqual([
    { type: 'conflict', message: 'The label env:production exists already.' },
  ]);
  expect(await fails('createLabel', { body: { label: { key: '', value: 7, description: 'a\u0000b' } } })).toMatchObject(
    {
      status: 422,
      errors: [{ field: 'label.description' }],
    },
  );
  expect(await fails('createLabel', { body: { label: { value: 7 } } })).toMatchObject({
    status: 422,
    errors: [{ field: 'label.key', message: '"label.key" is required' }, { field: 'label.value' }],
  });
  expect(await fails('createLabel', { body: { label: { key: '', value: 'x'.repeat(256) } } })).toMatchObject({
    status: 422,
    errors: [{ field: 'label.key' }, { field: 'label.value' }],
  });

  for (const { key, value } of [plain, described]) {
    expect(await call('deleteLabel', { params: { key, value } })).toEqual({ status: 'SUCCESS' });
    expect((await fails('deleteLabel', { params: { key, value } })).status).toBe(404);
  }
  expect((await fails('deleteLabel', { params: { key: 'a\u0000', value: 'b' } })).status).toBe(404);
  expect(await call('listLabels')).toEqual({ labels: [] });
}
