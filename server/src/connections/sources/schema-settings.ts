/**
 * What a source does with events that its tracking plan does not foresee (contract segment-public-api, Sources; seed
 * segment-public-api, troubleshooting). Three groups are merged key by key, and two kinds of events can be forwarded.
 */
import type { SourceRow } from './queries.ts';

export interface SchemaSettings {
  readonly track: Readonly<Record<string, unknown>>;
  readonly identify: Readonly<Record<string, unknown>>;
  readonly group: Readonly<Record<string, unknown>>;
  /** Id of a source; null: off. */
  readonly forwardViolationsTo: string | null;
  readonly forwardBlockedTo: string | null;
}

export interface SchemaSettingsChange {
  readonly track?: Readonly<Record<string, unknown>> | undefined;
  readonly identify?: Readonly<Record<string, unknown>> | undefined;
  readonly group?: Readonly<Record<string, unknown>> | undefined;
  /** Id of a source; null: off; left out: as it is. */
  readonly forwardViolationsTo?: string | null | undefined;
  readonly forwardBlockedTo?: string | null | undefined;
}

/** Of a source whose settings nobody touched: everything passes. */
const TRAITS = { allowUnplannedTraits: true, allowTraitsOnViolations: true, commonEventOnViolations: 'ALLOW' };
const DEFAULTS = {
  track: {
    allowUnplannedEvents: true,
    allowUnplannedEventProperties: true,
    allowEventOnViolations: true,
    allowPropertiesOnViolations: true,
    commonEventOnViolations: 'ALLOW',
  },
  identify: TRAITS,
  group: TRAITS,
};

const GROUPS = ['track', 'identify', 'group'] as const;

export function schemaSettingsOf(
  row: Pick<SourceRow, 'schema_settings' | 'forward_violations_to' | 'forward_blocked_to'>,
): SchemaSettings {
  const group = (name: (typeof GROUPS)[number]) => ({ ...DEFAULTS[name], ...row.schema_settings[name] });
  return {
    track: group('track'),
    identify: group('identify'),
    group: group('group'),
    forwardViolationsTo: row.forward_violations_to,
    forwardBlockedTo: row.forward_blocked_to,
  };
}

/** @returns what is stored: only keys that a group knows and somebody set. */
export function mergedGroups(
  stored: SourceRow['schema_settings'],
  change: SchemaSettingsChange,
): SourceRow['schema_settings'] {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const name of GROUPS) {
    const known = Object.keys(DEFAULTS[name]);
    const given = Object.entries(change[name] ?? {}).filter(([key]) => known.includes(key));
    const group = { ...stored[name], ...Object.fromEntries(given) };
    if (Object.keys(group).length > 0) merged[name] = group;
  }
  return merged;
}
