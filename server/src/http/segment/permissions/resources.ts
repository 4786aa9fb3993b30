/**
 * What an id of the Public API stands for as far as permissions are concerned: the source of a destination, the labels of
 * a source. Asked of the operations themselves, so that an id means here what it means to them; only for callers who may
 * not do everything of an area.
 */
import type { MissingResources } from '../../../access/permissions/input.ts';
import type { Target } from '../../../access/permissions/types.ts';
import type { Principal } from '../../../access/principal.ts';
import type { Scope } from '../../../db/tx.ts';
import { AppError, notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId } from '../protocol/ids.ts';
import type { Kind } from './rules.ts';

interface Reader {
  readonly operation: string;
  readonly parameter: string;
  readonly object: string;
  /** What it is read as itself; or the field that names what it belongs to. */
  readonly as: Target['type'] | { readonly field: string; readonly kind: Kind };
}

const READERS: Readonly<Record<Kind, Reader>> = {
  source: { operation: 'getSource', parameter: 'sourceId', object: 'source', as: 'SOURCE' },
  warehouse: { operation: 'getWarehouse', parameter: 'warehouseId', object: 'warehouse', as: 'WAREHOUSE' },
  function: { operation: 'getFunction', parameter: 'functionId', object: 'function', as: 'FUNCTION' },
  space: { operation: 'getSpace', parameter: 'spaceId', object: 'space', as: 'SPACE' },
  destination: {
    operation: 'getDestination',
    parameter: 'destinationId',
    object: 'destination',
    as: { field: 'sourceId', kind: 'source' },
  },
  transformation: {
    operation: 'getTransformation',
    parameter: 'transformationId',
    object: 'transformation',
    as: { field: 'sourceId', kind: 'source' },
  },
  model: {
    operation: 'getReverseEtlModel',
    parameter: 'modelId',
    object: 'reverseEtlModel',
    as: { field: 'sourceId', kind: 'source' },
  },
  instance: {
    operation: 'getInsertFunctionInstance',
    parameter: 'instanceId',
    object: 'insertFunctionInstance',
    as: { field: 'classId', kind: 'function' },
  },
};

const KIND_OF = { SOURCE: 'source', WAREHOUSE: 'warehouse', FUNCTION: 'function', SPACE: 'space' } as const;

export type Resources = ReturnType<typeof createResources>;

export function createResources(handlers: Handlers) {
  /** @throws AppError not_found; forbidden where the operation that would tell is not here. */
  async function target(caller: Scope, kind: Kind, id: string): Promise<Target> {
    const reader = READERS[kind];
    const handler = handlers[reader.operation];
    if (!handler) throw new AppError('forbidden', `Your permissions do not reach to a ${kind}.`);
    const data = (await handler(callFor(caller, { [reader.parameter]: id }))) as Record<string, unknown>;
    const object = (data[reader.object] ?? {}) as Record<string, unknown>;
    if (typeof reader.as === 'string') {
      const labels = Array.isArray(object['labels']) ? (object['labels'] as Target['labels']) : [];
      return { type: reader.as, id: String(object['id'] ?? id), labels };
    }
    const owner = object[reader.as.field];
    if (typeof owner !== 'string') throw notFound(kind);
    return await target(caller, reader.as.kind, owner);
  }

  /** Those that are not there, by their place. */
  const missing: MissingResources = async (scope, resources) => {
    const gone: number[] = [];
    const known = new Map<string, boolean>();
    for (const [n, { type, id }] of resources.entries()) {
      const key = `${type} ${id}`;
      const there =
        known.get(key) ?? (type === 'WORKSPACE' ? id === shortId(scope.workspaceId) : await exists(scope, type, id));
      known.set(key, there);
      if (!there) gone.push(n);
    }
    return gone;
  };

  async function exists(scope: Scope, type: keyof typeof KIND_OF, id: string): Promise<boolean> {
    try {
      await target(scope, KIND_OF[type], id);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.status < 500) return false;
      throw error;
    }
  }

  return { target, missing };
}

/** The reading operations look at nobody's rights: only at the workspace and its environment. */
function callFor({ workspaceId, environment }: Scope, params: Record<string, string>): Call {
  const caller = { workspaceId, environment } as Principal;
  return { caller, params, query: {}, body: {}, version: 'v1', headers: {}, setHeader() {} };
}
