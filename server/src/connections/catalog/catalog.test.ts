/** The catalog's data hold together: ids are unique, actions of presets exist, and what clients rely on is there. */
import { describe, expect, test } from 'vitest';
import { createCatalog } from './catalog.ts';

const catalog = createCatalog();

test('has the types that configurations name by their ids', () => {
  expect(catalog.destinations.find('614a3c7d791c91c41bae7599')).toMatchObject({
    slug: 'actions-webhook',
    deliverable: true,
  });
  expect(catalog.sources.find('IqDTy1TpoU')).toMatchObject({ slug: 'javascript' });
  expect(catalog.warehouses.find('55d3d3aea3c')).toMatchObject({ slug: 'postgres' });
  expect(catalog.destinations.list().length).toBeGreaterThan(550);
  expect(catalog.destinations.list().filter((type) => type.deliverable).length).toBeGreaterThan(150);
});

test.each(['destinations', 'sources', 'warehouses'] as const)(
  'ids of %s are unique, and each is found by id and by slug',
  (kind) => {
    const types = catalog[kind].list();
    expect(new Set(types.map((type) => type.id)).size).toBe(types.length);
    for (const type of types) expect(catalog[kind].find(type.id)?.slug).toBe(type.slug);
  },
);

test('actions have unique ids and keys, and every preset is of an action of its type', () => {
  for (const type of catalog.destinations.list()) {
    const ids = type.actions.map((action) => action.id);
    expect(new Set(ids).size, type.slug).toBe(ids.length);
    for (const preset of type.presets) expect(ids, `${type.slug} ${preset.name}`).toContain(preset.actionId);
    for (const action of type.actions) {
      expect(new Set(action.fields.map((field) => field.fieldKey)).size, action.slug).toBe(action.fields.length);
    }
  }
});

test('settings of action destinations have labels, and secrets are told apart', () => {
  const braze = catalog.destinations.find('actions-braze-cloud');
  expect(braze?.options.find((option) => option.name === 'api_key')).toMatchObject({
    type: 'password',
    required: true,
  });
  expect(catalog.warehouses.find('postgres')?.options.find((option) => option.name === 'password')?.type).toBe(
    'password',
  );
});

describe('search', () => {
  test('puts the name before the category', () => {
    expect(catalog.destinations.search('webhooks (actions)')[0]?.slug).toBe('actions-webhook');
    expect(catalog.destinations.search('Slack').some((type) => type.slug === 'actions-slack')).toBe(true);
  });
  test('of nothing is all, of nonsense is none', () => {
    expect(catalog.sources.search(' ')).toHaveLength(catalog.sources.list().length);
    expect(catalog.sources.search('zzzzzz')).toEqual([]);
  });
});
