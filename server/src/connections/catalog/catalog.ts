/**
 * What can be connected: every type of destination, source and warehouse, with its settings, and for destinations its
 * actions, their fields and presets. The data stands in three files beside this one (scripts/catalog.mjs writes them),
 * one line a type, read when first asked for.
 */
import { readFileSync } from 'node:fs';

export interface Option {
  readonly name: string;
  /** `password`: sealed in the database and masked in reads. */
  readonly type: string;
  readonly required: boolean;
  readonly label?: string;
  readonly description?: string;
  readonly defaultValue?: unknown;
  readonly choices?: readonly { label: string; value: unknown }[];
  readonly multiple?: boolean;
}

export interface ActionField {
  readonly id: string;
  readonly sortOrder: number;
  readonly fieldKey: string;
  readonly label: string;
  readonly type: string;
  readonly description: string;
  readonly placeholder?: string;
  readonly defaultValue?: unknown;
  readonly required: boolean;
  readonly multiple: boolean;
  readonly choices?: readonly { label: string; value: unknown }[];
  readonly dynamic: boolean;
  readonly allowNull: boolean;
  readonly hidden?: boolean;
}

export interface Action {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly platform: 'CLOUD' | 'MOBILE' | 'WEB';
  readonly hidden: boolean;
  /** FQL; null: none is proposed. */
  readonly defaultTrigger: string | null;
  readonly fields: readonly ActionField[];
}

export interface Preset {
  readonly actionId: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly trigger: string;
}

interface Type {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
}

export interface DestinationType extends Type {
  readonly categories: readonly string[];
  readonly status: string;
  readonly previousNames: readonly string[];
  readonly partnerOwned: boolean;
  /** `cloud`: events are delivered by a server; `device`: by a library in the browser or app; null: a type of before the actions. */
  readonly mode: string | null;
  /** Whether this server can deliver to it. */
  readonly deliverable: boolean;
  readonly supportedMethods: Readonly<Record<string, boolean>>;
  readonly supportedPlatforms: Readonly<Record<string, boolean>>;
  readonly supportedFeatures: Readonly<Record<string, unknown>>;
  readonly components: readonly { type: string }[];
  readonly supportedRegions: readonly string[];
  readonly regionEndpoints: readonly string[];
  readonly actions: readonly Action[];
  readonly presets: readonly Preset[];
}

export interface SourceType extends Type {
  readonly categories: readonly string[];
  readonly isCloudEventSource: boolean;
  readonly status: string;
  readonly partnerOwned: boolean;
  readonly sourceType: string | null;
}

export type WarehouseType = Type;

export interface Kind<T> {
  /** By slug. */
  list(): readonly T[];
  /** By its id or its slug. */
  find(idOrSlug: string): T | null;
  /** By name, slug or category, best first; an empty text: all. */
  search(text: string): readonly T[];
}

export interface Catalog {
  readonly destinations: Kind<DestinationType>;
  readonly sources: Kind<SourceType>;
  readonly warehouses: Kind<WarehouseType>;
}

export function createCatalog(): Catalog {
  return {
    destinations: kind<DestinationType>('destinations.jsonl'),
    sources: kind<SourceType>('sources.jsonl'),
    warehouses: kind<WarehouseType>('warehouses.jsonl'),
  };
}

function kind<T extends Type & { categories?: readonly string[] }>(file: string): Kind<T> {
  let loaded: { list: readonly T[]; byName: ReadonlyMap<string, T> } | null = null;

  function load() {
    if (loaded) return loaded;
    const lines = readFileSync(new URL(file, import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    const list = lines.map((line) => JSON.parse(line) as T);
    const byName = new Map<string, T>();
    // Ids last: where a slug of one is the id of another, the id counts.
    for (const type of list) byName.set(type.slug, type);
    for (const type of list) byName.set(type.id, type);
    loaded = { list, byName };
    return loaded;
  }

  return {
    list: () => load().list,
    find: (idOrSlug) => load().byName.get(idOrSlug) ?? null,
    search(text) {
      const wanted = text.trim().toLowerCase();
      if (wanted === '') return load().list;
      return load()
        .list.map((type) => ({ type, rank: rankOf(type, wanted) }))
        .filter(({ rank }) => rank > 0)
        .sort((a, b) => b.rank - a.rank)
        .map(({ type }) => type);
    },
  };
}

function rankOf(type: Type & { categories?: readonly string[] }, wanted: string): number {
  const name = type.name.toLowerCase();
  if (name === wanted || type.slug === wanted) return 4;
  if (name.startsWith(wanted)) return 3;
  if (name.includes(wanted) || type.slug.includes(wanted)) return 2;
  return type.categories?.some((category) => category.toLowerCase().includes(wanted)) ? 1 : 0;
}
