/** /functions and /insert-function-instances: functions with their versions, and where insert functions are put in. */
import { type Principal, scopeOf } from '../../../access/principal.ts';
import type { Access } from '../../../access/service.ts';
import type { Instance } from '../../../connections/functions/instances.ts';
import type { FunctionKind, FunctionRow, ListedFunction, VersionRow } from '../../../connections/functions/queries.ts';
import type { FunctionService } from '../../../connections/functions/service.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { displayName, functionId, functionUuid, nameIn } from '../protocol/function-ids.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';

interface Services {
  readonly access: Access;
  readonly functions: FunctionService;
}

export function functionsHandlers({ access, functions }: Services): Handlers {
  const workspaceOf = async (caller: Principal) => (await access.workspaces.describe(caller)).workspace.name;

  async function whole(call: Call, row: FunctionRow): Promise<object> {
    return { function: { ...listed(row, await workspaceOf(call.caller)), ...details(row) } };
  }

  return {
    async listFunctions({ caller, query }) {
      const request = pageRequest(query['pagination']);
      const kind = String(query['resourceType']).toLowerCase() as FunctionKind;
      const page = await functions.page(scopeOf(caller), kind, request);
      const workspace = await workspaceOf(caller);
      return {
        functions: page.rows.map((row) => listed(row, workspace)),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createFunction(call) {
      const { code, settings, displayName: sent, logoUrl, resourceType, description } = call.body;
      const kind = String(resourceType).toLowerCase() as FunctionKind;
      const name = nameIn(kind, sent, await workspaceOf(call.caller));
      return whole(
        call,
        await functions.create(scopeOf(call.caller), { kind, name, code, settings, logoUrl, description }),
      );
    },

    async getFunction(call) {
      return whole(call, await functions.get(scopeOf(call.caller), idOf(call)));
    },

    async updateFunction(call) {
      const { code, settings, displayName: sent, logoUrl, description } = call.body;
      const scope = scopeOf(call.caller);
      const { kind } = await functions.get(scope, idOf(call));
      const name = sent === undefined ? undefined : nameIn(kind, sent, await workspaceOf(call.caller));
      return whole(call, await functions.update(scope, idOf(call), { name, code, settings, logoUrl, description }));
    },

    async deleteFunction(call) {
      await functions.remove(scopeOf(call.caller), idOf(call));
      return { status: 'SUCCESS' };
    },

    async createFunctionDeployment(call) {
      await functions.deploy(scopeOf(call.caller), idOf(call));
      return { functionDeployment: { status: 'SUCCESS' } };
    },

    async listFunctionVersions(call) {
      const request = pageRequest(call.query['pagination']);
      const page = await functions.versions.page(scopeOf(call.caller), idOf(call), request);
      return {
        versions: page.rows.map(version),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async getFunctionVersion(call) {
      const id = uuidOf(call.params['versionId'] ?? '') ?? '';
      return { version: version(await functions.versions.get(scopeOf(call.caller), idOf(call), id)) };
    },

    async restoreFunctionVersion(call) {
      const id = uuidOf(call.body['versionId']) ?? '';
      return { version: version(await functions.versions.restore(scopeOf(call.caller), idOf(call), id)) };
    },

    async listInsertFunctionInstances({ caller, query }) {
      const request = pageRequest(query['pagination']);
      const page = await functions.instances.page(scopeOf(caller), functionUuid(query['functionId']), request);
      return {
        instances: page.rows.map(instance),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createInsertFunctionInstance({ caller, body }) {
      const { name, enabled, settings } = body;
      const made = await functions.instances.create(scopeOf(caller), {
        functionId: functionUuid(body['functionId']),
        integrationId: uuidOf(body['integrationId']) ?? '',
        name,
        enabled,
        settings,
      });
      return { insertFunctionInstance: instance(made) };
    },

    async getInsertFunctionInstance(call) {
      const found = await functions.instances.get(scopeOf(call.caller), instanceIdOf(call));
      return { insertFunctionInstance: instance(found) };
    },

    async updateInsertFunctionInstance(call) {
      const { name, enabled, settings } = call.body;
      const changed = await functions.instances.update(scopeOf(call.caller), instanceIdOf(call), {
        name,
        enabled,
        settings,
      });
      return { insertFunctionInstance: instance(changed) };
    },

    async deleteInsertFunctionInstance(call) {
      await functions.instances.remove(scopeOf(call.caller), instanceIdOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

function listed(row: ListedFunction, workspace: string): object {
  return {
    id: functionId(row.kind, row.id),
    resourceType: row.kind.toUpperCase(),
    createdAt: row.created_at.toISOString(),
    ...(row.created_by !== null && { createdBy: shortId(row.created_by) }),
    displayName: displayName(row, workspace),
    ...(row.description !== null && { description: row.description }),
    ...(row.logo_url !== null && { logoUrl: row.logo_url }),
    catalogId: shortId(row.id),
  };
}

function details(row: FunctionRow): object {
  return {
    code: row.code,
    settings: row.settings,
    ...(row.deployed_at !== null && { deployedAt: row.deployed_at.toISOString() }),
    isLatestVersion: row.deployed_version_id === row.current_version_id,
  };
}

function version(row: VersionRow): object {
  return {
    id: shortId(row.id),
    ...(row.author !== null && { author: shortId(row.author) }),
    code: row.code,
    isDeployed: row.is_deployed,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    ...(row.deployed_at !== null && { deployedAt: row.deployed_at.toISOString() }),
  };
}

function instance(one: Instance): object {
  return {
    id: shortId(one.id),
    name: one.name,
    integrationId: shortId(one.integrationId),
    classId: shortId(one.functionId),
    enabled: one.enabled,
    createdAt: one.createdAt.toISOString(),
    updatedAt: one.updatedAt.toISOString(),
    settings: one.settings,
    encryptedSettings: one.encryptedSettings,
  };
}

function idOf({ params }: Call): string {
  const id = functionUuid(params['functionId'] ?? '');
  if (id === '') throw notFound('function');
  return id;
}

function instanceIdOf({ params }: Call): string {
  return uuidOf(params['instanceId'] ?? '') ?? '';
}
