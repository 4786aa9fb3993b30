import { expect, test } from 'vitest';
import { variablesOf } from './variables.ts';

test('each variable is shown as its own name', () => {
  expect(variablesOf('Hi {{ name }}, {{plan | upcase}} {{- code -}}')).toEqual({
    name: 'name',
    plan: 'plan',
    code: 'code',
  });
});

test('a path becomes an object', () => {
  expect(variablesOf('{{ user.name }} {{ user.address.city }}')).toEqual({
    user: { name: 'name', address: { city: 'city' } },
  });
});

test('conditions count, strings, words and loop variables do not', () => {
  expect(
    variablesOf("{% if plan == 'pro' and active %}{% endif %}{% for item in items %}{{ item.name }}{% endfor %}"),
  ).toEqual({ plan: 'plan', active: 'active', items: 'items' });
});
