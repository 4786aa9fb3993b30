/** The schema configuration of a source (contract segment-config-api §12.6): the Public API's schema settings, in one level. */
import { type Static, Type } from 'typebox';
import type { Connections } from '../../../connections/service.ts';
import type { SourceRow } from '../../../connections/sources/queries.ts';
import { schemaSettingsOf } from '../../../connections/sources/schema-settings.ts';
import { invalidField } from '../../../errors.ts';
import type { Http } from '../../route.ts';
import { ConfigError, LooseBoolean, truth } from '../protocol/conventions.ts';
import { masked, UpdateMask } from '../protocol/mask.ts';
import { MAX_NAME, type Names, SourceParams, type SourcePlace } from '../protocol/names.ts';

const ON_VIOLATIONS = Type.Union([Type.Literal('ALLOW'), Type.Literal('OMIT_TRAITS'), Type.Literal('BLOCK')]);
const TRACK_ON_VIOLATIONS = Type.Union([Type.Literal('ALLOW'), Type.Literal('OMIT_PROPERTIES'), Type.Literal('BLOCK')]);

const SchemaConfig = Type.Object({
  name: Type.String(),
  parent: Type.String(),
  allow_unplanned_track_events: Type.Boolean(),
  allow_unplanned_identify_traits: Type.Boolean(),
  allow_unplanned_group_traits: Type.Boolean(),
  forwarding_blocked_events_to: Type.String({ description: "A source's slug; empty: nowhere." }),
  allow_unplanned_track_event_properties: Type.Boolean(),
  allow_track_event_on_violations: Type.Boolean(),
  allow_identify_traits_on_violations: Type.Boolean(),
  allow_group_traits_on_violations: Type.Boolean(),
  forwarding_violations_to: Type.String({ description: "A source's slug; empty: nowhere." }),
  allow_track_properties_on_violations: Type.Boolean(),
  common_track_event_on_violations: TRACK_ON_VIOLATIONS,
  common_identify_event_on_violations: ON_VIOLATIONS,
  common_group_event_on_violations: ON_VIOLATIONS,
});

/** Our name of each → the group and the name that it has there. */
const FLAGS = {
  allow_unplanned_track_events: ['track', 'allowUnplannedEvents'],
  allow_unplanned_track_event_properties: ['track', 'allowUnplannedEventProperties'],
  allow_track_event_on_violations: ['track', 'allowEventOnViolations'],
  allow_track_properties_on_violations: ['track', 'allowPropertiesOnViolations'],
  allow_unplanned_identify_traits: ['identify', 'allowUnplannedTraits'],
  allow_identify_traits_on_violations: ['identify', 'allowTraitsOnViolations'],
  allow_unplanned_group_traits: ['group', 'allowUnplannedTraits'],
  allow_group_traits_on_violations: ['group', 'allowTraitsOnViolations'],
} as const;
const CHOICES = {
  common_track_event_on_violations: ['track', 'commonEventOnViolations'],
  common_identify_event_on_violations: ['identify', 'commonEventOnViolations'],
  common_group_event_on_violations: ['group', 'commonEventOnViolations'],
} as const;
const FORWARDING = {
  forwarding_violations_to: 'forwardViolationsTo',
  forwarding_blocked_events_to: 'forwardBlockedTo',
} as const;

type Flag = keyof typeof FLAGS;
type Choice = keyof typeof CHOICES;
type Forwarding = keyof typeof FORWARDING;

const FLAG_NAMES = Object.keys(FLAGS) as Flag[];
const CHOICE_NAMES = Object.keys(CHOICES) as Choice[];
const FORWARDING_NAMES = Object.keys(FORWARDING) as Forwarding[];
const FIELDS = [...FLAG_NAMES, ...CHOICE_NAMES, ...FORWARDING_NAMES];

const flag = Type.Optional(LooseBoolean);
const slug = Type.Optional(Type.String({ maxLength: MAX_NAME }));

const Changes = Type.Object({
  allow_unplanned_track_events: flag,
  allow_unplanned_track_event_properties: flag,
  allow_track_event_on_violations: flag,
  allow_track_properties_on_violations: flag,
  allow_unplanned_identify_traits: flag,
  allow_identify_traits_on_violations: flag,
  allow_unplanned_group_traits: flag,
  allow_group_traits_on_violations: flag,
  common_track_event_on_violations: Type.Optional(TRACK_ON_VIOLATIONS),
  common_identify_event_on_violations: Type.Optional(ON_VIOLATIONS),
  common_group_event_on_violations: Type.Optional(ON_VIOLATIONS),
  forwarding_violations_to: slug,
  forwarding_blocked_events_to: slug,
  update_mask: Type.Optional(UpdateMask),
});

const tags = ['Segment Config API'];

export function schemaConfigRoutes(
  door: Http,
  { connections: { sources }, names }: { connections: Connections; names: Names },
): void {
  async function serialize(row: SourceRow, place: SourcePlace): Promise<Static<typeof SchemaConfig>> {
    const settings = schemaSettingsOf(row);
    const flags = FLAG_NAMES.map((name) => [name, settings[FLAGS[name][0]][FLAGS[name][1]] === true]);
    const choices = CHOICE_NAMES.map((name) => [name, settings[CHOICES[name][0]][CHOICES[name][1]]]);
    const forwarding = [];
    for (const name of FORWARDING_NAMES) {
      const id = settings[FORWARDING[name]];
      forwarding.push([name, id === null ? '' : ((await sources.find(place.scope, id))?.slug ?? '')]);
    }
    return {
      name: `${place.sourceName}/schema-config`,
      parent: place.sourceName,
      ...Object.fromEntries([...flags, ...choices, ...forwarding]),
    };
  }

  /** @throws AppError validation_error for a slug that no source has. */
  async function sourceCalled(name: string, field: string, place: SourcePlace): Promise<string | null> {
    if (name === '') return null;
    const row = await names.findSource(place.scope, name);
    if (!row) throw invalidField(`schema_config.${field}`, 'is the slug of no source of this workspace');
    return row.id;
  }

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/sources/:source/schema-config',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.schemaConfig',
      tags,
      summary: 'Get what a source does with events that its tracking plan does not foresee (Segment Config API)',
      params: SourceParams,
      response: { 200: SchemaConfig, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.source(request, request.params);
      return await serialize(place.source, place);
    },
  });

  door.route({
    method: 'PATCH',
    url: '/workspaces/:workspace/sources/:source/schema-config',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.updateSchemaConfig',
      tags,
      summary: 'Change what the update mask names of it (Segment Config API)',
      params: SourceParams,
      body: Type.Object({ schema_config: Type.Optional(Changes), update_mask: Type.Optional(UpdateMask) }),
      response: { 200: SchemaConfig, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.source(request, request.params);
      const { schema_config: given = {}, update_mask = given.update_mask } = request.body;
      const named = masked(update_mask, 'schema_config', FIELDS);
      if (named.size === 0) return await serialize(place.source, place);
      const groups: Record<'track' | 'identify' | 'group', Record<string, unknown>> = {
        track: {},
        identify: {},
        group: {},
      };
      for (const name of FLAG_NAMES) {
        if (named.has(name)) groups[FLAGS[name][0]][FLAGS[name][1]] = truth(given[name]);
      }
      for (const name of CHOICE_NAMES) {
        if (named.has(name)) groups[CHOICES[name][0]][CHOICES[name][1]] = given[name] ?? 'ALLOW';
      }
      const forwarding: Partial<Record<(typeof FORWARDING)[Forwarding], string | null>> = {};
      for (const name of FORWARDING_NAMES) {
        if (named.has(name)) forwarding[FORWARDING[name]] = await sourceCalled(given[name] ?? '', name, place);
      }
      const row = await sources.updateSchemaSettings(place.scope, place.source.id, { ...groups, ...forwarding });
      return await serialize(row, place);
    },
  });
}
