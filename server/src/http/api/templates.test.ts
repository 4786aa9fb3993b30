import { describe, expect, test } from 'vitest';
import { newWorkspace, type TestApp, testApp } from '../../../test/support/app.ts';

type Headers = Record<string, string>;

function call(
  app: TestApp,
  headers: Headers,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
) {
  return app.http.inject({ method, url: `/api/v1/templates${path}`, headers, ...(payload && { payload }) });
}

const WELCOME = { name: 'Welcome, Müller!', subject: 'Hi {{ name }}', html: '<p>Hi {{ name }}</p>' };

async function setUp() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = w.ownerHeaders();
  return { app, w, headers };
}

test('a template is made, found by id and slug, listed, changed and archived', async () => {
  const { app, headers } = await setUp();
  const made = await call(app, headers, 'POST', '', { ...WELCOME, variables_schema: { name: 'string' } });
  expect(made.statusCode, made.body).toBe(201);
  const template = made.json();
  expect(template).toEqual({
    ...WELCOME,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    slug: 'welcome-muller',
    category: 'transactional',
    variables_schema: { name: 'string' },
    is_active: true,
    created_at: expect.stringMatching(/\+00:00$/),
    updated_at: template.created_at,
  });
  for (const key of [template.id, template.slug]) {
    expect((await call(app, headers, 'GET', `/${key}`)).json()).toEqual(template);
  }
  expect((await call(app, headers, 'GET', '?skip=0&limit=100')).json()).toEqual({
    items: [template],
    total: 1,
    cursor: null,
  });
  expect((await call(app, headers, 'GET', '?skip=1')).json()).toEqual({ items: [], total: 1, cursor: null });
  expect((await call(app, headers, 'GET', '?category=marketing')).json().total).toBe(0);

  const changed = await call(app, headers, 'PATCH', '/welcome-muller', {
    subject: 'Again',
    slug: 'welcome-muller',
    name: 'New',
  });
  expect(changed.statusCode, changed.body).toBe(200);
  expect(changed.json()).toMatchObject({
    id: template.id,
    subject: 'Again',
    name: 'New',
    slug: 'welcome-muller',
    html: WELCOME.html,
  });

  expect((await call(app, headers, 'DELETE', '/welcome-muller')).statusCode).toBe(204);
  for (const [method, path] of [
    ['GET', '/welcome-muller'],
    ['PATCH', `/${template.id}`],
    ['DELETE', `/${template.id}`],
  ] as const) {
    const gone = await call(app, headers, method, path, method === 'PATCH' ? { name: 'x' } : undefined);
    expect(gone.statusCode, `${method} ${path}`).toBe(404);
  }
  expect((await call(app, headers, 'GET', `/${template.id}`)).json().is_active).toBe(false);
  expect((await call(app, headers, 'GET', '')).json().total).toBe(0);
  // The slug is free again.
  expect((await call(app, headers, 'POST', '', WELCOME)).json()).toMatchObject({ slug: 'welcome-muller' });
});

test('a slug is unique among active templates, also for two at the same time', async () => {
  const { app, headers } = await setUp();
  const answers = await Promise.all([1, 2, 3].map(() => call(app, headers, 'POST', '', WELCOME)));
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, 409, 409]);
  expect(answers.find((answer) => answer.statusCode === 409)?.json().error.code).toBe('conflict');
  expect((await call(app, headers, 'POST', '', { ...WELCOME, slug: 'other' })).statusCode).toBe(201);
  expect((await call(app, headers, 'POST', '', { ...WELCOME, name: '!!!' })).json().slug).toBe('template');
});

test('a slug does not move, and none looks like an id', async () => {
  const { app, headers } = await setUp();
  const { id } = (await call(app, headers, 'POST', '', WELCOME)).json();
  expect((await call(app, headers, 'PATCH', `/${id}`, { slug: 'other' })).statusCode).toBe(422);
  expect((await call(app, headers, 'POST', '', { ...WELCOME, name: id })).statusCode).toBe(422);
  expect((await call(app, headers, 'POST', '', { ...WELCOME, slug: id })).statusCode).toBe(422);
});

describe('bad input', () => {
  test.each([
    ['an unknown field', { ...WELCOME, mjml: 'x' }, 'mjml'],
    ['no name', { subject: '', html: '' }, 'name'],
    ['a name that is no text', { ...WELCOME, name: 5 }, 'name'],
    ['NUL in the html', { ...WELCOME, html: 'a\0b' }, 'html'],
    ['html beyond 512 KB', { ...WELCOME, html: 'x'.repeat(524_289) }, 'html'],
    ['a subject beyond 998 characters', { ...WELCOME, subject: 'x'.repeat(999) }, 'subject'],
    ['another category', { ...WELCOME, category: 'spam' }, 'category'],
    ['a slug with a slash', { ...WELCOME, slug: 'a/b' }, 'slug'],
    ['a schema that is no word', { ...WELCOME, variables_schema: { a: { b: 1 } } }, 'variables_schema.a'],
    ['a schema name with a NUL', { ...WELCOME, variables_schema: { 'a\0': 'string' } }, 'variables_schema.a\0'],
    ['a syntax error', { ...WELCOME, html: '<p>\n{% if %}' }, 'html'],
  ])('%s is a 422 that names it', async (_, payload, field) => {
    const { app, headers } = await setUp();
    const answer = await call(app, headers, 'POST', '', payload);
    expect(answer.statusCode, answer.body).toBe(422);
    expect(answer.json().error.code).toBe('validation_error');
    expect(answer.json().error.details.map((detail: { field: string }) => detail.field)).toContain(field);
    expect((await call(app, headers, 'GET', '')).json().total).toBe(0);
  });

  test('a syntax error names the line, on change too, and changes nothing', async () => {
    const { app, headers } = await setUp();
    await call(app, headers, 'POST', '', WELCOME);
    const answer = await call(app, headers, 'PATCH', '/welcome-muller', { html: 'a\n\n{% for %}' });
    expect(answer.json().error.message).toMatch(/^html: line 3: /);
    expect((await call(app, headers, 'GET', '/welcome-muller')).json().html).toBe(WELCOME.html);
  });

  test('half a surrogate pair is stored as U+FFFD and stops nothing', async () => {
    const { app, headers } = await setUp();
    const inject = (payload: string) =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/templates',
        headers: { ...headers, 'content-type': 'application/json' },
        payload,
      });
    const answer = await inject('{"name":"a\\ud800","subject":"\\ud800","html":"\\ud800"}');
    expect(answer.statusCode, answer.body).toBe(201);
    const stored = (await call(app, headers, 'GET', '/a')).json();
    expect(stored).toMatchObject({ name: 'a\ufffd', subject: '\ufffd', html: '\ufffd' });
    const schema = await inject('{"name":"b","subject":"","html":"","variables_schema":{"a":"\\ud800"}}');
    expect(schema.statusCode).toBe(422);
  });

  test.each(['%00', 'no-such', '00000000-0000-0000-0000-000000000000', '..%2F', "'%20or%201=1"])(
    '%s is not found',
    async (id) => {
      const { app, headers } = await setUp();
      expect((await call(app, headers, 'GET', `/${id}`)).statusCode).toBe(404);
    },
  );
});

test('what is being written is rendered as a stored template would be, and nothing is stored', async () => {
  const { app, headers, w } = await setUp();
  const { subject, html } = WELCOME;
  const shown = await call(app, headers, 'POST', '/preview', { subject, html, variables: { name: '<Mira>' } });
  expect(shown.json()).toEqual({ subject: 'Hi <Mira>', html: '<p>Hi &lt;Mira&gt;</p>', text: 'Hi <Mira>' });
  const broken = await call(app, headers, 'POST', '/preview', { subject, html: '{% if %}' });
  expect(broken.statusCode).toBe(422);
  expect((await call(app, headers, 'GET', '')).json().total).toBe(0);
  const unable = await w.keyHeaders({ scopes: ['templates:write'] });
  expect((await call(app, unable, 'POST', '/preview', { subject, html })).statusCode).toBe(403);
});

test('a preview shows subject, html and text, filled and escaped', async () => {
  const { app, headers } = await setUp();
  await call(app, headers, 'POST', '', WELCOME);
  const preview = await call(app, headers, 'POST', '/welcome-muller/preview', { variables: { name: '<Mira>' } });
  expect(preview.json()).toEqual({ subject: 'Hi <Mira>', html: '<p>Hi &lt;Mira&gt;</p>', text: 'Hi <Mira>' });
  expect((await call(app, headers, 'POST', '/welcome-muller/preview', {})).json().html).toBe('<p>Hi </p>');
});

test('scopes: 401 without a key, 403 naming the scope, 404 for another workspace or environment', async () => {
  const { app, w, headers } = await setUp();
  const { id } = (await call(app, headers, 'POST', '', WELCOME)).json();
  expect((await call(app, {}, 'GET', '')).statusCode).toBe(401);
  const reader = await w.keyHeaders({ scopes: ['templates:read'] });
  expect((await call(app, reader, 'GET', `/${id}`)).statusCode).toBe(200);
  const refused = await call(app, reader, 'POST', '', WELCOME);
  expect([refused.statusCode, refused.json().error.required]).toEqual([403, ['templates:write']]);
  const other = await newWorkspace(app);
  for (const stranger of [other.ownerHeaders(), await w.keyHeaders({ environment: 'test' })]) {
    for (const key of [id, 'welcome-muller']) {
      expect((await call(app, stranger, 'GET', `/${key}`)).statusCode).toBe(404);
      expect((await call(app, stranger, 'PATCH', `/${key}`, { name: 'x' })).statusCode).toBe(404);
      expect((await call(app, stranger, 'DELETE', `/${key}`)).statusCode).toBe(404);
      expect((await call(app, stranger, 'POST', `/${key}/preview`, {})).statusCode).toBe(404);
    }
    expect((await call(app, stranger, 'GET', '')).json().total).toBe(0);
  }
});
