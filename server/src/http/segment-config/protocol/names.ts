/**
 * Resource names of the Config API (contract segment-config-api §6): paths below /v1beta/ without a leading slash, made of
 * slugs. Every parent in a path is looked up here, so that a foreign one is as unknown as one that nobody has.
 */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { scopeOf } from '../../../access/principal.ts';
import type { Access } from '../../../access/service.ts';
import type { Connections } from '../../../connections/service.ts';
import type { SourceRow } from '../../../connections/sources/queries.ts';
import type { Scope } from '../../../db/tx.ts';
import { invalidField, notFound } from '../../../errors.ts';
import { principalOf } from '../../route.ts';
import { shortId, uuidOf } from '../../segment/protocol/ids.ts';

/** Of a path. What names nothing is not found, so only the length is checked. */
export const NamePart = Type.String({ maxLength: 255 });
export const WorkspaceParams = Type.Object({ workspace: NamePart });
export const SourceParams = Type.Object({ workspace: NamePart, source: NamePart });

export const MAX_NAME = 1_000;

/** The workspace of a call. */
export interface Place {
  readonly scope: Scope;
  readonly slug: string;
  readonly displayName: string;
  readonly createdAt: Date;
  /** `workspaces/<slug>` */
  readonly name: string;
}

export interface SourcePlace extends Place {
  readonly source: SourceRow;
  /** `workspaces/<slug>/sources/<slug>` */
  readonly sourceName: string;
}

export type Names = ReturnType<typeof createNames>;

export function createNames({ access, connections }: { access: Access; connections: Connections }) {
  /** Of the token, whatever the path says. */
  async function placeOf(request: Pick<FastifyRequest, 'principal'>): Promise<Place> {
    const caller = principalOf(request);
    const { workspace } = await access.workspaces.describe(caller);
    return {
      scope: scopeOf(caller),
      slug: workspace.slug,
      displayName: workspace.name,
      createdAt: workspace.created_at,
      name: workspaceName(workspace.slug),
    };
  }

  /** By slug or id. @throws AppError not_found for any workspace but the token's. */
  async function workspace(
    request: Pick<FastifyRequest, 'principal'>,
    params: { readonly workspace: string },
  ): Promise<Place> {
    const place = await placeOf(request);
    if (params.workspace !== place.slug && params.workspace !== shortId(place.scope.workspaceId)) {
      throw notFound('workspace');
    }
    return place;
  }

  /** By slug or id. @throws AppError not_found */
  async function source(
    request: Pick<FastifyRequest, 'principal'>,
    params: { readonly workspace: string; readonly source: string },
  ): Promise<SourcePlace> {
    const place = await workspace(request, params);
    const row = await findSource(place.scope, params.source);
    if (!row) throw notFound('source');
    return { ...place, source: row, sourceName: `${place.name}/sources/${row.slug}` };
  }

  /** By slug, id or full name. */
  async function findSource(scope: Scope, text: string): Promise<SourceRow | undefined> {
    const slug = text.slice(text.lastIndexOf('/') + 1);
    return (await connections.sources.bySlug(scope, slug)) ?? (await byId(scope, slug));
  }

  async function byId(scope: Scope, id: string): Promise<SourceRow | undefined> {
    const uuid = uuidOf(id);
    return uuid === null ? undefined : await connections.sources.find(scope, uuid);
  }

  return { placeOf, workspace, source, findSource };
}

export function workspaceName(slug: string): string {
  return `workspaces/${slug}`;
}

/**
 * The last part of a full name that a body gives to something new: `workspaces/w/sources/<slug>`.
 * @param parent with its collection: `workspaces/w/sources`.
 * @throws AppError validation_error when the name stands elsewhere than the call.
 */
export function slugIn(name: string, parent: string, field: string): string {
  const slug = name.startsWith(`${parent}/`) ? name.slice(parent.length + 1) : '';
  if (slug === '' || slug.includes('/')) throw invalidField(field, `write ${parent}/ and then a slug`);
  return slug;
}
