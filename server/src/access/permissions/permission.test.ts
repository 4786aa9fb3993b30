import { expect, test } from 'vitest';
import { covers, membershipOf, reachesOf, within } from './permission.ts';
import { ROLES, roleOf } from './roles.ts';
import type { Label, Permission, Resource } from './types.ts';

const OWNER = '1WDUuRLxv84rrfCNUwvkrRtkxnS';
const ADMIN = '1lOhVfL014SoCjk50TZPXhmjb7g';
const READ = '1OEwdZTiimeuKEjlLCGlxqcE83o';
const dev: Label = { key: 'env', value: 'dev' };
const web: Label = { key: 'team', value: 'web' };
const whole = (...labels: Label[]): Resource => ({ id: 'w', type: 'WORKSPACE', labels });
const one = (id: string, ...labels: Label[]): Resource => ({ id, type: 'SOURCE', labels });
const give = (roleId: string, ...resources: Resource[]): Permission => ({ roleId, resources });
const source = (id: string, ...labels: Label[]) => ({ type: 'SOURCE', id, labels }) as const;

test('ids of roles are 27 letters and digits, and of one role each', () => {
  expect(new Set(ROLES.map(({ id }) => id)).size).toBe(ROLES.length);
  for (const { id } of ROLES) expect(id).toMatch(/^[0-9A-Za-z]{27}$/);
  expect(roleOf('__proto__')).toBeUndefined();
});

test('nothing is covered by nothing, by a role that is none, or on what a role is not for', () => {
  for (const permissions of [
    [],
    [give('nothing', whole())],
    [give(ADMIN)],
    [{ ...give(ADMIN), labels: [] }],
    [give(ADMIN, { id: 's', type: 'WAREHOUSE' })],
  ]) {
    expect(covers(reachesOf(permissions), 'source', 'read', source('s'))).toBe(false);
    expect(covers(reachesOf(permissions), 'source', 'read', null)).toBe(false);
  }
});

test('a label, or two, narrow the workspace and a single source', () => {
  const labelled = reachesOf([give(ADMIN, whole(dev, web))]);
  expect(covers(labelled, 'source', 'write', source('s', dev, web))).toBe(true);
  expect(covers(labelled, 'source', 'write', source('s', dev))).toBe(false);
  expect(covers(labelled, 'source', 'write', null)).toBe(false);
  const single = reachesOf([give(ADMIN, one('s', dev))]);
  expect(covers(single, 'source', 'write', source('s', dev))).toBe(true);
  expect(covers(single, 'source', 'write', source('s'))).toBe(false);
  expect(covers(single, 'source', 'write', source('t', dev))).toBe(false);
  const ofInvite = reachesOf([{ roleId: READ, resources: [], labels: [dev] }]);
  expect(covers(ofInvite, 'source', 'read', source('s', dev))).toBe(true);
  expect(covers(ofInvite, 'source', 'write', source('s', dev))).toBe(false);
  expect(covers(ofInvite, 'source', 'read', source('s', web))).toBe(false);
});

test('an id covers its own kind only, with or without a prefix', () => {
  const reaches = reachesOf([give('16bAfmsdnl0qNdhWxQECUOZhGWI', { id: 'ifnd_abc', type: 'FUNCTION' })]);
  expect(covers(reaches, 'function', 'write', { type: 'FUNCTION', id: 'abc', labels: [] })).toBe(true);
  expect(covers(reaches, 'function', 'write', { type: 'FUNCTION', id: 'sfnc_abc', labels: [] })).toBe(true);
  expect(covers(reaches, 'function', 'write', source('abc'))).toBe(false);
});

test.each<[boolean, Permission, Permission]>([
  [true, give(READ, one('s')), give(ADMIN, one('s'))],
  [true, give(READ, one('s')), give(READ, whole())],
  [true, give(ADMIN, whole(dev, web)), give(ADMIN, whole(dev))],
  [true, give(ADMIN, one('s', dev)), give(ADMIN, whole(dev))],
  [true, give(ADMIN, one('s', dev)), give(ADMIN, one('s'))],
  [true, give(OWNER, whole()), give(OWNER, whole())],
  [false, give(ADMIN, one('s')), give(READ, one('s'))],
  [false, give(READ, one('t')), give(ADMIN, one('s'))],
  [false, give(READ, whole()), give(ADMIN, whole(dev))],
  [false, give(READ, one('s')), give(ADMIN, whole(dev))],
  [false, give(READ, whole(dev)), give(ADMIN, one('s'))],
  [false, give(READ, one('s')), give(ADMIN, one('s', dev))],
  [false, give(OWNER, whole()), give(ADMIN, whole())],
  [false, give('1sRAyyP5R5RTySwcptq39s14z1u', whole()), give('1oy2R43F2NdRJlI6wQPaPbjPrsD', whole())],
])('within %s: %j of %j', (expected, given, own) => {
  expect(within([given], [own])).toBe(expected);
});

test('what is within covers nothing that the other does not', () => {
  const roles = [ADMIN, READ, OWNER];
  const resources = [whole(), whole(dev), whole(dev, web), one('s'), one('s', dev), one('t')];
  const all = roles.flatMap((role) => resources.map((resource) => give(role, resource)));
  const targets = [null, source('s'), source('s', dev), source('t'), source('t', dev, web), source('u', dev)];
  for (const given of all) {
    for (const own of all) {
      if (!within([given], [own])) continue;
      for (const target of targets) {
        for (const level of ['read', 'write'] as const) {
          const gives = covers(reachesOf([given]), 'source', level, target);
          if (gives) expect(covers(reachesOf([own]), 'source', level, target), JSON.stringify([given, own])).toBe(true);
        }
      }
    }
  }
});

test('the role of a member is the highest that holds on the whole workspace without a label', () => {
  expect(membershipOf([])).toBe('limited');
  expect(membershipOf([give(ADMIN, whole())])).toBe('limited');
  expect(membershipOf([give(OWNER, whole(dev))])).toBe('limited');
  expect(membershipOf([give(OWNER, one('s'))])).toBe('limited');
  expect(membershipOf([give('1dh1YEnWYCJlSMp6xLyuvnGeZFi', whole()), give(OWNER, whole())])).toBe('owner');
});
