/**
 * Writes server/src/connections/catalog/*.jsonl: one line for each destination, source and warehouse type. Settings,
 * actions, fields and presets of action destinations come from the package that delivers to them; ids, slugs and what
 * else is known of the others from the catalog files.
 * Usage: node scripts/catalog.mjs <directory of catalog-*.json> <directory with node_modules/@segment/action-destinations>
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [facts, installed] = process.argv.slice(2).map((path) => resolve(path));
if (!facts || !installed) {
  console.error('Usage: node scripts/catalog.mjs <catalog files> <installation of @segment/action-destinations>');
  process.exit(2);
}
const { manifest } = createRequire(join(installed, 'index.js'))('@segment/action-destinations');
const known = new Map(readJson('catalog-destinations.json').map((entry) => [entry.id, entry]));

const destinations = [...new Set([...known.keys(), ...Object.keys(manifest)])].map((id) =>
  destination(id, known.get(id), manifest[id]?.definition),
);
write('destinations.jsonl', destinations);
write('sources.jsonl', readJson('catalog-sources.json').map(source));
write(
  'warehouses.jsonl',
  readJson('catalog-warehouses.json')
    .filter((entry) => entry.id)
    .map(warehouse),
);

function destination(id, entry, definition) {
  const fromPackage = definition ? options(definition) : [];
  return {
    id,
    slug: definition?.slug ?? entry?.apiSlug ?? entry.slug,
    name: entry?.name ?? definition.name,
    description: definition?.description ?? '',
    categories: entry?.categories ?? [],
    status: entry?.status ?? 'PUBLIC_BETA',
    previousNames: entry?.previousNames ?? [definition.name],
    partnerOwned: entry?.partnerOwned ?? false,
    // 'cloud': this server delivers; 'device': a library in the browser or app does; null: a type of before the actions.
    mode: definition?.mode ?? entry?.actionsFramework?.mode ?? null,
    deliverable: definition !== undefined && definition.mode === 'cloud',
    supportedMethods: entry?.supportedMethods ?? {
      track: true,
      identify: true,
      group: true,
      alias: true,
      pageview: true,
    },
    supportedPlatforms: entry?.supportedPlatforms ?? { browser: true, mobile: true, server: true },
    supportedFeatures: entry?.supportedFeatures ?? {
      browserUnbundling: false,
      browserUnbundlingPublic: false,
      replay: false,
    },
    components: entry?.components ?? [],
    supportedRegions: entry?.supportedRegions ?? [],
    regionEndpoints: entry?.regionEndpoints ?? [],
    options: merged(fromPackage, entry?.options ?? []),
    actions: actions(id, entry, definition),
    presets: presets(id, entry, definition),
  };
}

/** The package's settings first: they have labels and choices. */
function merged(fromPackage, listed) {
  const names = new Set(fromPackage.map((option) => option.name));
  const others = listed.filter((option) => !names.has(option.name) && fromPackage.length === 0);
  return [
    ...fromPackage,
    ...others.map(({ name, type, required, defaultValue }) => ({ name, type, required, defaultValue })),
  ];
}

function options(definition) {
  const fields = definition.authentication?.fields ?? definition.settings ?? {};
  return Object.entries(fields).map(([name, field]) => ({
    name,
    type: field.type,
    required: field.required === true,
    label: field.label,
    description: field.description,
    ...(field.default !== undefined && { defaultValue: field.default }),
    ...(field.choices && { choices: choices(field.choices) }),
    ...(field.multiple && { multiple: true }),
  }));
}

function actions(id, entry, definition) {
  const listed = new Map((entry?.actions ?? []).map((action) => [action.slug, action]));
  const own = Object.entries(definition?.actions ?? {}).map(([slug, action]) => ({
    id: listed.get(slug)?.id ?? madeId(`${id} ${slug}`),
    slug,
    name: action.title,
    description: action.description ?? '',
    platform: definition.mode === 'device' || action.platform === 'web' ? 'WEB' : 'CLOUD',
    hidden: action.hidden === true,
    defaultTrigger: action.defaultSubscription ?? null,
    fields: Object.entries(action.fields ?? {}).map(([key, value], index) =>
      field(`${id} ${slug} ${key}`, index, key, value),
    ),
  }));
  const more = [...listed.values()].filter((action) => !definition?.actions?.[action.slug]);
  return [...own, ...more.map((action) => listedAction(id, action))];
}

function field(seed, index, key, value) {
  return {
    id: madeId(seed),
    sortOrder: index,
    fieldKey: key,
    label: value.label ?? key,
    type: (value.type ?? 'string').toUpperCase(),
    description: value.description ?? '',
    ...(value.placeholder && { placeholder: value.placeholder }),
    ...(value.default !== undefined && { defaultValue: value.default }),
    required: value.required === true,
    multiple: value.multiple === true,
    ...(value.choices && { choices: choices(value.choices) }),
    dynamic: value.dynamic === true,
    allowNull: value.allowNull === true,
    ...(value.unsafe_hidden && { hidden: true }),
  };
}

function listedAction(id, action) {
  return {
    id: action.id,
    slug: action.slug,
    name: action.name,
    description: '',
    platform: action.platform,
    hidden: action.hidden,
    defaultTrigger: action.defaultTrigger,
    fields: (action.fields ?? []).map((one, index) => ({
      id: madeId(`${id} ${action.slug} ${one.fieldKey}`),
      sortOrder: index,
      fieldKey: one.fieldKey,
      label: one.fieldKey,
      type: one.type,
      description: '',
      required: one.required,
      multiple: false,
      ...(one.choices && { choices: choices(one.choices) }),
      dynamic: false,
      allowNull: false,
    })),
  };
}

function presets(id, entry, definition) {
  if (!definition) return (entry?.presets ?? []).map((preset) => ({ fields: {}, trigger: '', ...preset }));
  const ids = new Map(actions(id, entry, definition).map((action) => [action.slug, action.id]));
  return (definition.presets ?? [])
    .filter((preset) => preset.type === 'automatic' && ids.has(preset.partnerAction))
    .map((preset) => ({
      actionId: ids.get(preset.partnerAction),
      name: preset.name,
      fields: preset.mapping ?? {},
      trigger: preset.subscribe,
    }));
}

function source(entry) {
  const {
    id,
    slug,
    name,
    categories = [],
    isCloudEventSource = false,
    status = 'PUBLIC',
    partnerOwned = false,
  } = entry;
  const { sourceType = null, options = [] } = entry;
  return { id, slug, name, description: '', categories, isCloudEventSource, status, partnerOwned, sourceType, options };
}

/** Settings that are known by their name only can be given and are not asked for. */
function warehouse({ id, slug, name, options, observedSettingsKeys }) {
  const listed = (options ?? []).map((option) => ({
    ...pick(option, ['name', 'required', 'defaultValue', 'label']),
    type: typeOf(option),
  }));
  // `ciphertext` is how the vendor stores the rest; it is no setting.
  const own = listed.filter((option) => option.name !== 'ciphertext');
  const more = (observedSettingsKeys ?? []).filter(
    (key) => key !== 'ciphertext' && !own.some((option) => option.name === key),
  );
  return {
    id,
    slug,
    name,
    description: '',
    options: [
      ...own,
      ...more.map((key) => ({
        name: key,
        type: typeOf({ name: key, type: key === 'encrypted' ? 'boolean' : 'string' }),
        required: false,
      })),
    ],
  };
}

function typeOf({ name, type }) {
  return name === 'password' ? 'password' : type;
}

function pick(object, keys) {
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]));
}

function choices(list) {
  return list.map((choice) =>
    typeof choice === 'object'
      ? { label: String(choice.label ?? choice.value), value: choice.value }
      : { label: String(choice), value: choice },
  );
}

/** 22 letters and digits that stay the same for the same thing, where the real id is not known. */
function madeId(seed) {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let rest = BigInt(`0x${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`);
  let text = '';
  for (let i = 0; i < 22; i++) {
    text = alphabet[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}

function readJson(name) {
  return JSON.parse(readFileSync(join(facts, name), 'utf8'));
}

function write(name, entries) {
  entries.sort((a, b) => (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0));
  const text = `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`;
  writeFileSync(fileURLToPath(new URL(`../server/src/connections/catalog/${name}`, import.meta.url)), text);
  console.log(`${name}: ${entries.length} entries, ${Math.round(text.length / 1024)} KB`);
}
