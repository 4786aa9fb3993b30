/** Computed traits, from their creation to their end. */
import { expect } from 'vitest';
import type { Data, SegmentClient } from '../../client.ts';

export async function run({ call, fails }: SegmentClient): Promise<void> {
  const { spaces } = await call('listSpaces');
  const spaceId = spaces[0].id;
  const params = { spaceId };
  const body = {
    name: 'Total Spend (EUR)',
    description: 'All payments',
    definition: { type: 'USERS', query: `event('Paid').sum(property('amount'))` },
    options: { includeAnonymousUsers: false, backfillDurationDays: 30 },
  };
  const { computedTrait: trait } = await call('createComputedTrait', { params, body });
  expect(trait).toEqual({
    id: expect.stringMatching(/^\w{22}$/),
    spaceId,
    ...body,
    key: 'total_spend_eur',
    enabled: true,
    createdBy: expect.stringMatching(/^public-api-token\/\w{8}$/),
    updatedBy: trait.createdBy,
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    updatedAt: trait.createdAt,
  });
  const own = { spaceId, id: trait.id };
  expect(await call('getComputedTrait', { params: own, version: 'v1alpha' })).toEqual({ computedTrait: trait });

  const list = { name: 'Artists', definition: { type: 'ACCOUNTS', query: `event('Play').unique(property('artist'))` } };
  const { computedTrait: second } = await call('createComputedTrait', { params, body: list });
  // Audiences and computed traits share the names that definitions know them by.
  const audience = { name: 'Artists', definition: { query: `trait('a') = 1` }, audienceType: 'USERS' };
  expect((await call('createAudience', { params, body: audience })).audience.key).toBe('artists_2');
  const first = await call('listComputedTraits', { params, query: { 'pagination.count': '1' } });
  expect(first.pagination).toEqual({ current: 'MA==', next: expect.any(String), totalEntries: 2 });
  const query = { 'pagination.count': '1', 'pagination.cursor': first.pagination.next };
  const last = await call('listComputedTraits', { params, query });
  expect([...first.computedTraits, ...last.computedTraits].map(({ id }: Data) => id)).toEqual([trait.id, second.id]);
  expect(last.pagination.next).toBeUndefined();

  const [renamed, off] = await Promise.all([
    call('updateComputedTraitForSpace', { params: own, body: { name: 'Spend' } }),
    call('updateComputedTraitForSpace', { params: own, body: { enabled: false } }),
  ]);
  expect([renamed.computedTrait.name, off.computedTrait.status]).toEqual(['Spend', 'Disabled']);
  const definition = { type: 'USERS', query: `event('Paid').count()` };
  const { computedTrait: changed } = await call('updateComputedTraitForSpace', { params: own, body: { definition } });
  expect(changed).toMatchObject({ name: 'Spend', enabled: false, definition, key: trait.key });

  const refused = async (given: object) => {
    const { status, errors } = await fails('createComputedTrait', { params, body: given });
    return [status, ...errors.map(({ field }) => field)];
  };
  expect(await refused({})).toEqual([422, 'name', 'definition']);
  expect(await refused({ name: '', definition: { type: 'LINKED', query: '' } })).toEqual([422, 'definition.type']);
  expect(await refused({ ...body, options: { backfillDurationDays: 0 } })).toEqual([
    422,
    'options.backfillDurationDays',
  ]);
  expect(await refused({ ...body, definition: { type: 'USERS', query: `trait('a') = 1` } })).toEqual([
    422,
    'definition.query',
  ]);
  expect(
    (await fails('updateComputedTraitForSpace', { params: own, body: { definition: { type: 'USERS', query: '' } } }))
      .status,
  ).toBe(422);

  expect(await call('removeComputedTraitFromSpace', { params: own })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getComputedTrait', 'removeComputedTraitFromSpace']) {
    expect(await fails(operation, { params: own })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No computed trait here with this id.' }],
    });
  }
}
