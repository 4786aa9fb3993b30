import { afterAll, describe, expect, test } from 'vitest';
import { plainAddress } from './address.ts';
import { createRenderer, type Variables } from './render.ts';

const renderer = createRenderer();
afterAll(() => renderer.stop());

const html = async (source: string, variables: Variables = {}) =>
  (await renderer.render({ subject: '', html: source }, variables)).html;
const subject = async (source: string, variables: Variables = {}) =>
  (await renderer.render({ subject: source, html: '' }, variables)).subject;

describe('what a template becomes', () => {
  test('values are escaped in HTML and not in the subject; text is made from the HTML', async () => {
    const name = `<b>"Mira" & 'co'</b>`;
    const rendered = await renderer.render(
      { subject: 'Hi {{ name }}', html: '<h1>Hi {{ name }}</h1><p>See <a href="{{ url }}">this</a></p>' },
      { name, url: 'https://example.org/?a=1&b="' },
    );
    expect(rendered.subject).toBe(`Hi ${name}`);
    expect(rendered.html).toBe(
      '<h1>Hi &lt;b&gt;&#34;Mira&#34; &amp; &#39;co&#39;&lt;/b&gt;</h1><p>See <a href="https://example.org/?a=1&amp;b=&#34;">this</a></p>',
    );
    expect(rendered.text).toContain('See this [https://example.org/?a=1&b="]');
    expect(rendered.text).toContain(name.toUpperCase());
  });

  test('conditions, loops and filters work; undefined and null are empty', async () => {
    expect(
      await html('{% if a %}A{% else %}B{% endif %}{% for i in list %}{{ i }},{% endfor %}', { list: [1, 2] }),
    ).toBe('B1,2,');
    expect(
      await html('{{ name | default: "friend" | upcase }}[{{ missing }}][{{ a.b.c }}][{{ n }}]', { n: null }),
    ).toBe('FRIEND[][][]');
  });

  test.each(['a\r\nBcc: x@example.org', 'a\nb', 'a\rb', 'a\u2028b', 'a\0b', 'a\u0085b'])(
    'a subject is one line: %j',
    async (name) => {
      const line = await subject('Hi {{ name }}', { name });
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(line.startsWith('Hi a')).toBe(true);
    },
  );

  test('NUL and half surrogate pairs do not reach the database', async () => {
    expect(await html('{{ a }}', { a: 'x\0y\ud800z' })).toBe('xy\ufffdz');
  });
});

describe('errors name the part and the line', () => {
  test.each([
    ['html', { subject: '', html: 'a\nb {% if x %}' }, /^html: line 2: /],
    ['html', { subject: '', html: '\n\n{{ x | nofilter }}' }, /^html: line 3: undefined filter: nofilter/],
    ['subject', { subject: '{{ x', html: '' }, /^subject: line 1: /],
    ['html', { subject: '', html: '{% nonsense %}' }, /^html: line 1: tag "nonsense" not found/],
    ['html', { subject: '', html: '{% include "/etc/passwd" %}' }, /tag "include" not found/],
    ['html', { subject: '', html: '{% render "x" %}' }, /tag "render" not found/],
    ['html', { subject: '', html: '{% layout "../../x" %}' }, /tag "layout" not found/],
  ])('%s %j', async (field, template, message) => {
    const expected = {
      code: 'validation_error',
      message: expect.stringMatching(message),
      details: { fields: [{ field }] },
    };
    await expect(renderer.render(template, {})).rejects.toMatchObject(expected);
  });

  test('a template that parses passes the check', async () => {
    await expect(renderer.check({ subject: '{{ a }}', html: '{% if b %}{% endif %}' })).resolves.toBeUndefined();
    await expect(renderer.check({ subject: '', html: '{% if %}{% endfor %}' })).rejects.toMatchObject({
      code: 'validation_error',
    });
  });

  test('a subject of more than 998 characters and variables nested without end are refused', async () => {
    await expect(subject('{{ a }}', { a: 'x'.repeat(999) })).rejects.toMatchObject({ code: 'validation_error' });
    let deep: Record<string, unknown> = {};
    for (let i = 0; i < 10_000; i++) deep = { deep };
    await expect(html('{{ deep }}', deep)).rejects.toMatchObject({ code: 'validation_error' });
  });
});

describe('a template reaches nothing but its variables', () => {
  const variables = { name: 'x', list: [1], map: { a: 1 }, text: 'abc' };
  test.each([
    '{{ name.constructor }}',
    '{{ constructor }}',
    '{{ map.constructor.constructor }}',
    '{{ map["constructor"] }}',
    '{{ map.__proto__ }}',
    '{{ __proto__ }}',
    '{{ map.__proto__.polluted }}',
    '{{ map.toString }}',
    '{{ map.hasOwnProperty }}',
    '{{ list.constructor }}',
    '{{ list.push }}',
    '{{ list.__proto__.map }}',
    '{{ text.replace }}',
    '{{ text.__defineGetter__ }}',
    '{{ process }}{{ process.env }}{{ global }}{{ globalThis }}{{ this }}{{ require }}',
    '{% assign c = "constructor" %}{{ map[c] }}{{ name[c][c] }}',
    '{% assign p = "__proto__" %}{{ map[p] }}',
    '{{ "constructor" | map: "constructor" }}',
    '{{ list | map: "constructor" }}',
    '{{ list | map: "__proto__" }}',
    '{% capture __proto__ %}{% endcapture %}{{ map.polluted }}',
    '{% increment constructor %}',
  ])('%s', async (source) => {
    const result = await html(source, variables).catch((error: Error) => error.message);
    expect(result).not.toMatch(/function|native code|\[object|headgate|PATH|root/i);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('assigning to __proto__ pollutes nothing for the next render', async () => {
    await html('{% assign __proto__ = evil %}{% assign constructor = evil %}', { evil: { polluted: 'yes' } }).catch(
      () => {},
    );
    expect(await html('[{{ polluted }}{{ map.polluted }}]', { map: {} })).toBe('[]');
    expect(await html('[{{ polluted }}]', JSON.parse('{"__proto__": {"polluted": "yes"}}') as Variables)).toBe('[]');
  });

  test.each([
    '{{ list | where_exp: "i", "i.constructor" }}',
    '{{ list | find_exp: "i", "i == 1" }}',
    '{{ list | group_by_exp: "i", "i | map" }}',
  ])('filters that evaluate text are not there: %s', async (source) => {
    await expect(html(source, variables)).rejects.toMatchObject({ message: expect.stringMatching(/undefined filter/) });
  });
});

describe('a template takes bounded time and memory', () => {
  const loops = (body: string) => `${'{% for i in (1..1000) %}'.repeat(4)}${body}${'{% endfor %}'.repeat(4)}`;
  test.each([
    ['empty nested loops (CVE-2026-44645)', loops('')],
    ['nested loops', loops('x')],
    ['a range of a billion', '{% for i in (1..1000000000) %}{% endfor %}'],
    ['a tablerow of a billion', '{% tablerow i in (1..1000000000) %}{% endtablerow %}'],
    ['a text that doubles', `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(60)}{{ a }}`],
    [
      'a text that doubles by capture',
      `{% assign a = "xxxxxxxxxx" %}${'{% capture a %}{{ a }}{{ a }}{% endcapture %}'.repeat(40)}{{ a | upcase }}`,
    ],
    [
      'replace that grows',
      `{% assign a = "${'a'.repeat(1_000)}" %}${'{% assign a = a | replace: "a", a %}'.repeat(4)}{{ a }}`,
    ],
    [
      'a list that doubles',
      `{% assign l = "a,b,c,d" | split: "," %}${'{% assign l = l | concat: l %}'.repeat(60)}{{ l | size }}`,
    ],
    ['a padded date (CVE-2026-45357 kind)', '{{ "now" | date: "%999999999Y" }}'],
    ['output of more than 1 MB', `{% for i in (1..20000) %}${'x'.repeat(100)}{% endfor %}`],
    [
      'pop in loops (CVE-2026-55575)',
      `{% assign l = "a,b" | split: "," %}${'{% assign l = l | concat: l | pop %}'.repeat(60)}`,
    ],
  ])('%s', async (_, source) => {
    const started = performance.now();
    await expect(html(source)).rejects.toMatchObject({ code: 'validation_error' });
    expect(performance.now() - started).toBeLessThan(8_000);
    // And the next one finds everything in order.
    expect(await html('{{ a }}', { a: 1 })).toBe('1');
  });

  test('a thread that hangs is ended, and those who wait behind it are served', async () => {
    const hasty = createRenderer({ timeoutMs: 1 });
    const slow = hasty.render({ subject: '', html: loops('x') }, {});
    await expect(slow).rejects.toMatchObject({ message: expect.stringMatching(/too much time/) });
    await hasty.stop();
    const patient = createRenderer({ timeoutMs: 200 });
    const results = await Promise.allSettled([
      patient.render({ subject: '', html: loops('x') }, {}),
      patient.render({ subject: '', html: 'ok' }, {}),
    ]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
    await patient.stop();
  });
});

describe('plain addresses', () => {
  test.each([
    ['mira@example.org', 'mira@example.org'],
    ['Mira.Keel+tag@Example.ORG', 'Mira.Keel+tag@example.org'],
    ["o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"],
    ['mira@münchen.example', 'mira@xn--mnchen-3ya.example'],
  ])('%s is taken', (text, address) => expect(plainAddress(text)).toBe(address));

  test.each([
    '',
    'mira',
    '@example.org',
    'mira@',
    'mira@example',
    'mira@localhost',
    'a@b@example.org',
    'a,b@example.org',
    'a@example.org,b@example.org',
    'a@example.org;b@example.org',
    'a@example.org b@example.org',
    'Mira <mira@example.org>',
    '<mira@example.org>',
    '"mira"@example.org',
    'mira@example.org\r\nBcc: x@example.org',
    'mira\r\n@example.org',
    'mira@exam\nple.org',
    'mira@example.org\n',
    '\tmira@example.org',
    'mira@exam\tple.org',
    'mira@example.org\0',
    'mira@[127.0.0.1]',
    'mira@127.0.0.1',
    'mira@example..org',
    'mira@-example.org',
    '.mira@example.org',
    'mira.@example.org',
    'mi..ra@example.org',
    'mira(comment)@example.org',
    'mira@example.org(comment)',
    'mira%0d%0a@example.org>',
    'mira@example.org/x',
    `${'x'.repeat(65)}@example.org`,
    `mira@${'x'.repeat(64)}.org`,
    `mira@${'x.'.repeat(130)}org`,
    'müra@example.org',
    'undisclosed:a@example.org',
  ])('%j is refused', (text) => expect(plainAddress(text)).toBeNull());
});
