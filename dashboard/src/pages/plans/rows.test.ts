import { expect, test } from 'vitest';
import { rowsOf, withRows } from './rows.ts';

const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    context: { type: 'object' },
    properties: {
      type: 'object',
      additionalProperties: false,
      properties: {
        total: { type: ['number', 'null'], minimum: 0, description: 'Of the order' },
        currency: { type: 'string', enum: ['EUR', 'USD'] },
        anything: {},
      },
      required: ['total'],
    },
  },
};

test('a schema is read as rows, and what rows do not show survives them', () => {
  const rows = rowsOf(SCHEMA, 'properties');
  expect(rows).toEqual([
    { name: 'total', type: 'number', required: true, description: 'Of the order' },
    { name: 'currency', type: 'string', required: false, description: '' },
    { name: 'anything', type: 'any', required: false, description: '' },
  ]);
  expect(withRows(SCHEMA, 'properties', rows)).toEqual(SCHEMA);
});

test('a changed type replaces the old one, a removed row its field', () => {
  const [total] = rowsOf(SCHEMA, 'properties');
  if (!total) throw new Error('no row');
  const changed = withRows(SCHEMA, 'properties', [{ ...total, type: 'integer', required: false }]);
  expect(changed['properties']).toEqual({
    context: { type: 'object' },
    properties: {
      type: 'object',
      additionalProperties: false,
      properties: { total: { type: 'integer', minimum: 0, description: 'Of the order' } },
      required: [],
    },
  });
});

test('of what is no schema, rows make one', () => {
  expect(rowsOf('text', 'traits')).toEqual([]);
  const row = { name: 'plan', type: 'string', required: true, description: '' } as const;
  expect(rowsOf(withRows(null, 'traits', [row]), 'traits')).toEqual([row]);
});
