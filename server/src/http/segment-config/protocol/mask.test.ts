import { expect, test } from 'vitest';
import { masked, snakeCase } from './mask.ts';

const FIELDS = ['display_name', 'rules', 'rules.events'] as const;
const of = (mask: Parameters<typeof masked>[0]) => [...masked(mask, 'tracking_plan', FIELDS)];

test('a mask names fields with and without their wrapper, as a list or one text', () => {
  expect(of(undefined)).toEqual([]);
  expect(of({})).toEqual([]);
  expect(of({ paths: [''] })).toEqual([]);
  expect(of({ paths: ['tracking_plan.display_name', 'rules.events'] })).toEqual(['display_name', 'rules.events']);
  expect(of('trackingPlan.displayName, rules')).toEqual(['display_name', 'rules']);
  expect(of({ paths: ['tracking_plan'] })).toEqual([...FIELDS]);
});

test('a path of no field is refused', () => {
  for (const path of ['name', 'tracking_plan.', 'rules.events.x', '__proto__', 'tracking_plan.constructor']) {
    expect(() => of({ paths: [path] }), path).toThrow('update_mask: takes tracking_plan.');
  }
});

test('names are read in both ways of writing', () => {
  expect(['displayName', 'display_name', 'updateMask', 'page'].map(snakeCase)).toEqual([
    'display_name',
    'display_name',
    'update_mask',
    'page',
  ]);
});
