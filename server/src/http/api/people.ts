/** People: list and search, one person with identifiers and traits, a person's events. */
import { Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import { invalidField } from '../../errors.ts';
import type { Events } from '../../events/service.ts';
import { isUuid } from '../../ids.ts';
import type { People, Person } from '../../people/service.ts';
import { type Http, principalOf } from '../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, IdParams, PageOf, PageQuery, rowBefore, time } from './conventions.ts';
import { type DeliveryOfEvent, Event, eventJson } from './events.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);

const PersonItem = Type.Object({
  id: Type.String(),
  name: Nullable,
  email: Nullable,
  user_id: Nullable,
  identifiers_count: Type.Integer(),
  first_seen_at: Type.String(),
  last_seen_at: Type.String(),
});

const PersonDetail = Type.Object({
  ...PersonItem.properties,
  identifiers: Type.Array(Type.Object({ type: Type.String(), value: Type.String() })),
  traits: Type.Object({}, { additionalProperties: true }),
});

const access = { access: { scope: 'profiles:read' } } as const;

export interface PeopleRouteServices {
  readonly people: People;
  readonly events: Events<DeliveryOfEvent>;
}

export function peopleRoutes(app: Http, { people, events }: PeopleRouteServices): void {
  app.route({
    method: 'GET',
    url: '/people',
    config: access,
    schema: {
      operationId: 'people.list',
      tags: ['People'],
      summary: 'List people, last seen first',
      description:
        '`q` finds people by the start of an identifier: a user id, an email, any other. `total` counts to 10,000.',
      querystring: Type.Object({
        ...PageQuery.properties,
        q: Type.Optional(Type.String({ maxLength: 512 })),
      }),
      response: { 200: PageOf(PersonItem), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { limit = 50, cursor, q } = request.query;
      const after = cursor === undefined ? undefined : placeOf(cursor);
      const prefix = q?.trim() === '' ? undefined : q?.trim();
      const page = await people.list(scopeOf(principalOf(request)), { prefix, after }, limit);
      const last = page.people.at(-1);
      return {
        items: page.people.map(personJson),
        cursor: last && page.people.length === limit ? encodeCursor([last.last_seen_at.getTime(), last.id]) : null,
        total: page.total,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/people/:id',
    config: access,
    schema: {
      operationId: 'people.get',
      tags: ['People'],
      summary: 'One person with identifiers and traits',
      description: 'The id of a person who was merged into another gives the one they became.',
      params: IdParams,
      response: { 200: PersonDetail, '4xx': ErrorBody },
    },
    handler: async (request) => {
      const person = await people.get(scopeOf(principalOf(request)), request.params.id);
      return { ...personJson(person), identifiers: person.identifiers, traits: person.traits };
    },
  });

  app.route({
    method: 'GET',
    url: '/people/:id/events',
    config: access,
    schema: {
      operationId: 'people.events',
      tags: ['People'],
      summary: "A person's events, newest first",
      description: 'With the events of everyone merged into the person. `total` counts to 1,000.',
      params: IdParams,
      querystring: PageQuery,
      response: { 200: PageOf(Event), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { limit = 50, cursor } = request.query;
      const scope = scopeOf(principalOf(request));
      const beforeId = rowBefore(cursor) ?? undefined;
      const profileIds = await people.profileIds(scope, request.params.id);
      const page = await events.list(scope, { profileIds, outcome: 'accepted', beforeId }, limit);
      const last = page.events.at(-1);
      return {
        items: page.events.map(eventJson),
        cursor: last && page.events.length === limit ? encodeCursor([last.id]) : null,
        total: page.total,
      };
    },
  });
}

/** Nobody was seen before the year 1, and PostgreSQL's calendar begins later than JavaScript's. */
const FIRST_TIME = Date.parse('0001-01-01T00:00:00Z');

function placeOf(cursor: string): { lastSeen: Date; id: string } {
  const [ms, id] = decodeCursor(cursor, 2);
  const lastSeen = new Date(typeof ms === 'number' && ms >= FIRST_TIME ? ms : Number.NaN);
  if (Number.isNaN(lastSeen.getTime()) || typeof id !== 'string' || !isUuid(id)) {
    throw invalidField('cursor', 'take it unchanged from the previous page');
  }
  return { lastSeen, id };
}

function personJson(person: Person) {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    user_id: person.user_id,
    identifiers_count: person.identifiers_count,
    first_seen_at: time(person.first_seen_at),
    last_seen_at: time(person.last_seen_at),
  };
}
