import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, testApp } from '../../../../../test/support/app.ts';
import {
  type Authenticator,
  type CeremonyOptions,
  createAuthenticator,
} from '../../../../../test/support/peers/authenticator.ts';
import { auditOf, call, newAddress } from '../../../../../test/support/people.ts';

function newDevice(app: TestApp): Authenticator {
  const { origin, hostname } = new URL(app.config.publicUrl);
  return createAuthenticator({ origin, rpId: hostname });
}

async function creationOptions(app: TestApp, token: string) {
  const answer = await call(app, 'POST', '/api/v1/passkeys/options', undefined, { token });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

async function register(app: TestApp, token: string, device: Authenticator, name = 'Laptop') {
  const response = device.register(await creationOptions(app, token));
  const answer = await call(app, 'POST', '/api/v1/passkeys', { name, response }, { token });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

async function options(app: TestApp) {
  return (await call(app, 'POST', '/api/auth/passkey/options/', {})).json();
}

const present = (app: TestApp, assertion: object, address = newAddress()) =>
  call(app, 'POST', '/api/auth/passkey/', assertion, { address });

test('a passkey is registered, named, listed and removed', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const device = newDevice(app);
  const made = await register(app, w.ownerToken, device);
  expect(made).toMatchObject({ name: 'Laptop', backed_up: false, last_used_at: null });
  // The first second factor: recovery codes, and the session under a new id.
  expect(made.recovery_codes).toHaveLength(10);
  const token = made.session.access;
  expect((await call(app, 'GET', '/api/v1/me', undefined, { token: w.ownerToken })).statusCode).toBe(401);

  const second = await register(app, token, newDevice(app), 'Phone');
  expect([second.recovery_codes, second.session]).toEqual([null, null]);
  const renamed = await call(app, 'PATCH', `/api/v1/passkeys/${second.id}`, { name: 'Old phone' }, { token });
  expect(renamed.json().name).toBe('Old phone');
  const list = (await call(app, 'GET', '/api/v1/passkeys', undefined, { token })).json();
  expect(list.items.map((item: { name: string }) => item.name)).toEqual(['Laptop', 'Old phone']);
  expect(JSON.stringify(list)).not.toContain(device.id);
  expect((await call(app, 'DELETE', `/api/v1/passkeys/${made.id}`, undefined, { token })).statusCode).toBe(204);
  expect((await present(app, device.sign(await options(app)))).statusCode).toBe(401);

  const actions = (await auditOf(app, w.workspace.id)).map((entry) => entry.action);
  expect(actions).toEqual(
    expect.arrayContaining(['passkey.created', 'passkey.updated', 'passkey.removed', 'sign_in.failed'].slice(0, 3)),
  );
});

test('a passkey alone signs in, without a name', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const device = newDevice(app);
  await register(app, w.ownerToken, device);
  const asked = await options(app);
  expect(asked).toMatchObject({ userVerification: 'required', allowCredentials: [] });
  const done = await present(app, device.sign(asked));
  expect(done.statusCode, done.body).toBe(200);
  const me = (await call(app, 'GET', '/api/v1/me', undefined, { token: done.json().access })).json();
  expect(me).toMatchObject({ user: { email: w.owner.email }, second_factor: { used: true, passkeys: 1 } });
});

test('a passkey is the second step after a password', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const device = newDevice(app);
  await register(app, w.ownerToken, device);
  const { email, password } = w.owner;
  const first = await call(app, 'POST', '/api/auth/token/', { email, password });
  expect(first.statusCode).toBe(403);
  const { mfa_token, passkey_options, methods } = first.json();
  expect(methods).toEqual(['passkey', 'recovery_code']);
  expect(passkey_options.allowCredentials).toMatchObject([{ id: device.id }]);
  // The password has said who it is, so the device need not.
  const passkey = device.sign(passkey_options, { verified: false });
  const step = (body: object) => call(app, 'POST', '/api/auth/token/second-factor/', { mfa_token, ...body });
  expect((await step({ passkey: device.sign(await options(app)) })).statusCode).toBe(401);
  expect((await step({ passkey })).statusCode).toBe(200);
  expect((await step({ passkey })).statusCode).toBe(401);
});

test('a challenge is good once, for what it was made for, and only when it is ours', async () => {
  const app = await testApp();
  const [w, other] = [await newWorkspace(app), await newWorkspace(app)];
  const device = newDevice(app);
  const creation = await creationOptions(app, w.ownerToken);
  const response = device.register(creation);
  const post = (token: string, payload: object) =>
    call(app, 'POST', '/api/v1/passkeys', { name: 'K', response: payload }, { token });
  // Made for another person.
  expect((await post(other.ownerToken, response)).statusCode).toBe(400);
  const made = await post(w.ownerToken, response);
  expect(made.statusCode).toBe(201);
  const token = made.json().session.access;
  expect((await post(token, response)).statusCode).toBe(400);

  const asked = await options(app);
  const assertion = device.sign(asked);
  expect((await present(app, assertion)).statusCode).toBe(200);
  expect((await present(app, assertion)).statusCode).toBe(401);
  expect((await present(app, device.sign(asked))).statusCode).toBe(401);

  const changed = Buffer.from((await options(app)).challenge, 'base64url');
  const late = Buffer.from(changed);
  late.writeUIntBE(Date.now() - 1, 0, 6);
  changed[10] = (changed[10] ?? 0) ^ 1;
  const wrong = {
    'of a registration': (await creationOptions(app, token)).challenge,
    'made up': Buffer.alloc(54, 7).toString('base64url'),
    'none at all': '',
    changed: changed.toString('base64url'),
    late: late.toString('base64url'),
    'with padding': `${(await options(app)).challenge}==`,
  };
  for (const [name, challenge] of Object.entries(wrong)) {
    expect((await present(app, device.sign(asked, { challenge }))).statusCode, name).toBe(401);
  }
});

test('of fifty uses of one assertion at once one signs in', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const device = newDevice(app);
  await register(app, w.ownerToken, device);
  const assertion = device.sign(await options(app));
  const answers = await Promise.all(Array.from({ length: 50 }, () => present(app, assertion)));
  expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
});

test('asking for challenges stores nothing', async () => {
  const app = await testApp();
  const count = async () => (await app.database.db.selectFrom('spent_tokens').select('hash').execute()).length;
  const before = await count();
  const taken = app.database.pool.taken();
  for (let i = 0; i < 300; i++) await options(app);
  expect(await count()).toBe(before);
  expect(app.database.pool.taken() - taken).toBeLessThan(50);
});

test('an assertion of another page, another device, without its holder, or with an old counter signs nobody in', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const device = newDevice(app);
  await register(app, w.ownerToken, device);
  const cases: Record<string, CeremonyOptions> = {
    'another origin': { origin: 'https://evil.test' },
    'a subdomain': { origin: app.config.publicUrl.replace('://', '://evil.') },
    'another relying party': { rpId: 'evil.test' },
    'without its holder': { verified: false },
    'of a registration': { type: 'webauthn.create' },
  };
  for (const [name, how] of Object.entries(cases)) {
    expect((await present(app, device.sign(await options(app), how))).statusCode, name).toBe(401);
  }
  expect((await present(app, newDevice(app).sign(await options(app)))).statusCode).toBe(401);
  const forged = device.sign(await options(app));
  const imposter = { ...newDevice(app).sign(await options(app)), id: forged.id, rawId: forged.rawId };
  expect((await present(app, imposter)).statusCode).toBe(401);

  const other = newDevice(app);
  const o = await newWorkspace(app);
  await register(app, o.ownerToken, other);
  const handle = device.sign(await options(app));
  handle.response.userHandle = Buffer.from(o.owner.id.replaceAll('-', ''), 'hex').toString('base64url');
  expect((await present(app, handle)).statusCode).toBe(401);

  expect((await present(app, device.sign(await options(app), { counter: 50 }))).statusCode).toBe(200);
  expect((await present(app, device.sign(await options(app), { counter: 50 }))).statusCode).toBe(401);
  expect((await present(app, device.sign(await options(app), { counter: 49 }))).statusCode).toBe(401);
});

test('a registration of another page, twice, or with an attestation is refused', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const device = newDevice(app);
  const { session } = await register(app, w.ownerToken, device);
  const token = session.access;
  const post = (response: object) => call(app, 'POST', '/api/v1/passkeys', { name: 'K', response }, { token });
  for (const how of [{ origin: 'https://evil.test' }, { rpId: 'evil.test' }, { type: 'webauthn.get' }]) {
    expect((await post(newDevice(app).register(await creationOptions(app, token), how))).statusCode).toBe(400);
  }
  expect((await post(device.register(await creationOptions(app, token)))).statusCode).toBe(409);
  for (const format of ['tpm ', 'appl']) {
    const response = newDevice(app).register(await creationOptions(app, token));
    const attested = Buffer.from(response.response.attestationObject, 'base64url')
      .toString('latin1')
      .replace('none', format);
    response.response.attestationObject = Buffer.from(attested, 'latin1').toString('base64url');
    expect((await post(response)).statusCode).toBe(400);
  }
});

test('what is no passkey at all is refused by its form', async () => {
  const app = await testApp();
  for (const body of [{}, { id: 'x' }, { id: '\u0000', rawId: 'x', type: 'public-key', response: {} }, []]) {
    expect((await call(app, 'POST', '/api/auth/passkey/', body)).statusCode).toBe(400);
  }
  const garbage = { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' };
  const answer = await present(app, { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: garbage });
  expect(answer.statusCode).toBe(401);
});
