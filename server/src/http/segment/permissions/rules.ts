/**
 * What each operation of the Public API needs: the one table that the door asks before every call (guard.ts). A need is an
 * area, a level and where it is needed: on the whole workspace, or on the object that a parameter names.
 * From contract segment-public-api §2: a resource's reads take its Read-only role, writes its Admin role, connecting two
 * things Admin on both; access is the owners'.
 */
import type { Area, Level } from '../../../access/permissions/roles.ts';

/** What ids name, and so where a permission is looked for (resources.ts). */
export type Kind =
  | 'source'
  | 'destination'
  | 'transformation'
  | 'model'
  | 'warehouse'
  | 'function'
  | 'instance'
  | 'space';

export interface Need {
  readonly area: Area;
  readonly level: Level;
  /** Default: the whole workspace. */
  readonly on?: {
    readonly kind: Kind;
    /** `params.sourceId`; a list is all of them. */
    readonly at: string;
    /** Without a value nothing is needed. */
    readonly optional?: true;
  };
}

export interface Rule {
  /** All of one of these. None: every credential of the door will do. */
  readonly needs: readonly (readonly Need[])[];
  /** The answer's list holds what the caller may read of it. */
  readonly only?: { readonly list: string; readonly area: Area; readonly kind: Kind; readonly id: string };
}

const EVERYBODY: Rule = { needs: [] };

function on(area: Area, level: Level, kind: Kind, at: string): Need {
  const optional = at.endsWith('?');
  return { area, level, on: { kind, at: optional ? at.slice(0, -1) : at, ...(optional && { optional }) } };
}

const all = (...needs: Need[]): Rule => ({ needs: [needs] });
const whole = (area: Area, level: Level): Rule => all({ area, level });
const listOf = (list: string, area: Area, kind: Kind, id = 'id'): Rule => ({
  needs: [],
  only: { list, area, kind, id },
});

const source = (level: Level, at = 'params.sourceId') => on('source', level, 'source', at);
const destination = (level: Level, at = 'params.destinationId') => on('source', level, 'destination', at);
const warehouse = (level: Level) => on('warehouse', level, 'warehouse', 'params.warehouseId');
const aFunction = (level: Level, at = 'params.functionId') => on('function', level, 'function', at);
const instance = (level: Level) => on('function', level, 'instance', 'params.instanceId');
const space = (level: Level) => on('space', level, 'space', 'params.spaceId');
const engage = (level: Level) => on('engage', level, 'space', 'params.spaceId');
const transformation = (level: Level) => on('source', level, 'transformation', 'params.transformationId');
const model = (level: Level, at = 'params.modelId') => on('source', level, 'model', at);
const plan = (level: Level): Need => ({ area: 'tracking-plan', level });
const iam = (level: Level): Need => ({ area: 'iam', level });

/** Of the whole workspace, or of those sources that the caller reads. */
const FIGURES: Rule = {
  needs: [
    [{ area: 'usage', level: 'read' }],
    [source('read', 'query.sourceId'), destination('read', 'query.destinationConfigId?')],
  ],
};

/** Documented: any of these roles (contract, operation descriptions of credentials). */
const credential = (level: Level): Rule => ({
  needs: (['warehouse', 'source', 'engage'] as const).map((area) => [{ area, level }]),
});

export const RULES: Readonly<Record<string, Rule>> = {
  getWorkspace: EVERYBODY,
  echo: EVERYBODY,
  getSourcesCatalog: EVERYBODY,
  getSourceMetadata: EVERYBODY,
  getDestinationsCatalog: EVERYBODY,
  getDestinationMetadata: EVERYBODY,
  getWarehousesCatalog: EVERYBODY,
  getWarehouseMetadata: EVERYBODY,

  listSources: listOf('sources', 'source', 'source'),
  createSource: whole('source', 'write'),
  getSource: all(source('read')),
  updateSource: all(source('write')),
  deleteSource: all(source('write')),
  listConnectedDestinationsFromSource: all(source('read')),
  listConnectedWarehousesFromSource: { ...all(source('read')), ...listOnly('warehouses', 'warehouse', 'warehouse') },
  addLabelsToSource: all(source('write')),
  replaceLabelsInSource: all(source('write')),
  listSchemaSettingsInSource: all(source('read')),
  updateSchemaSettingsInSource: all(
    source('write'),
    source('write', 'body.forwardingViolationsTo?'),
    source('write', 'body.forwardingBlockedEventsTo?'),
  ),
  createWriteKeyForSource: all(source('write')),
  removeWriteKeyFromSource: all(source('write')),
  createLivePlugin: all(source('write')),
  deleteLivePluginCode: all(source('write')),
  getLatestFromLivePlugins: all(source('read')),

  listDestinations: listOf('destinations', 'source', 'source', 'sourceId'),
  createDestination: all(source('write', 'body.sourceId')),
  getDestination: all(destination('read')),
  updateDestination: all(destination('write')),
  deleteDestination: all(destination('write')),
  listDeliveryMetricsSummaryFromDestination: all(destination('read')),
  createDestinationSubscription: all(destination('write'), model('read', 'body.modelId?')),
  listSubscriptionsFromDestination: all(destination('read')),
  getSubscriptionFromDestination: all(destination('read')),
  updateSubscriptionForDestination: all(destination('write'), model('read', 'body.input.reverseETLModelId?')),
  removeSubscriptionFromDestination: all(destination('write')),
  createFilterForDestination: all(destination('write'), source('write', 'body.sourceId?')),
  listFiltersFromDestination: all(destination('read')),
  getFilterInDestination: all(destination('read')),
  updateFilterForDestination: all(destination('write')),
  removeFilterFromDestination: all(destination('write')),
  // Works on what it is sent.
  previewDestinationFilter: EVERYBODY,

  listWarehouses: listOf('warehouses', 'warehouse', 'warehouse'),
  createWarehouse: whole('warehouse', 'write'),
  createValidationInWarehouse: whole('warehouse', 'write'),
  getWarehouse: all(warehouse('read')),
  updateWarehouse: all(warehouse('write')),
  deleteWarehouse: all(warehouse('write')),
  getConnectionStateFromWarehouse: all(warehouse('read')),
  listConnectedSourcesFromWarehouse: { ...all(warehouse('read')), ...listOnly('sources', 'source', 'source') },
  addConnectionFromSourceToWarehouse: all(warehouse('write'), source('write')),
  removeSourceConnectionFromWarehouse: all(warehouse('write'), source('write')),
  getAdvancedSyncScheduleFromWarehouse: all(warehouse('read')),
  replaceAdvancedSyncScheduleForWarehouse: all(warehouse('write')),
  listSelectiveSyncsFromWarehouseAndSource: all(warehouse('read'), source('read')),
  listSyncsFromWarehouse: all(warehouse('read')),
  listSyncsFromWarehouseAndSource: all(warehouse('read'), source('read')),
  updateSelectiveSyncForWarehouse: all(warehouse('write')),
  createCredential: credential('write'),
  listCredentials: credential('write'),
  getCredential: credential('write'),
  updateCredential: whole('iam', 'write'),
  deleteCredential: whole('iam', 'write'),
  listCredentialConsumers: credential('write'),

  listReverseEtlModels: listOf('models', 'source', 'source', 'sourceId'),
  createReverseEtlModel: all(source('write', 'body.sourceId')),
  getReverseEtlModel: all(model('read')),
  updateReverseEtlModel: all(model('write')),
  deleteReverseEtlModel: all(model('write')),
  listReverseETLSyncStatusesFromModelAndSubscriptionId: all(model('read')),
  getReverseETLSyncStatus: all(model('read')),
  cancelReverseETLSyncForModel: all(model('write')),
  createReverseETLManualSync: all(source('write', 'body.sourceId'), model('write', 'body.modelId')),
  createDbtModelSyncTrigger: all(source('write', 'body.sourceId')),

  // Plans belong to the workspace as a whole.
  listTrackingPlans: all(plan('read')),
  createTrackingPlan: all(plan('write')),
  getTrackingPlan: all(plan('read')),
  updateTrackingPlan: all(plan('write')),
  deleteTrackingPlan: all(plan('write')),
  listRulesFromTrackingPlan: all(plan('read')),
  replaceRulesInTrackingPlan: all(plan('write')),
  updateRulesInTrackingPlan: all(plan('write')),
  removeRulesFromTrackingPlan: all(plan('write')),
  // Documented: both roles.
  listSourcesFromTrackingPlan: { ...all(plan('read')), ...listOnly('sources', 'source', 'source') },
  addSourceToTrackingPlan: all(plan('write'), source('write', 'body.sourceId')),
  removeSourceFromTrackingPlan: all(plan('write'), source('write', 'query.sourceId')),

  listTransformations: listOf('transformations', 'source', 'source', 'sourceId'),
  createTransformation: all(source('write', 'body.sourceId')),
  getTransformation: all(transformation('read')),
  updateTransformation: all(transformation('write'), source('write', 'body.sourceId?')),
  deleteTransformation: all(transformation('write')),

  listFunctions: listOf('functions', 'function', 'function'),
  createFunction: whole('function', 'write'),
  getFunction: all(aFunction('read')),
  updateFunction: all(aFunction('write')),
  deleteFunction: all(aFunction('write')),
  createFunctionDeployment: all(aFunction('write')),
  listFunctionVersions: all(aFunction('read')),
  getFunctionVersion: all(aFunction('read')),
  restoreFunctionVersion: all(aFunction('write')),
  listInsertFunctionInstances: listOf('instances', 'function', 'function', 'classId'),
  createInsertFunctionInstance: all(aFunction('write', 'body.functionId'), destination('write', 'body.integrationId')),
  getInsertFunctionInstance: all(instance('read')),
  updateInsertFunctionInstance: all(instance('write')),
  deleteInsertFunctionInstance: all(instance('write')),

  listUsers: all(iam('read')),
  getUser: all(iam('read')),
  deleteUsers: all(iam('write')),
  listUserGroupsFromUser: all(iam('read')),
  addPermissionsToUser: all(iam('write')),
  replacePermissionsForUser: all(iam('write')),
  listInvites: all(iam('read')),
  createInvites: all(iam('write')),
  deleteInvites: all(iam('write')),
  listUserGroups: all(iam('read')),
  createUserGroup: all(iam('write')),
  getUserGroup: all(iam('read')),
  updateUserGroup: all(iam('write')),
  deleteUserGroup: all(iam('write')),
  listUsersFromUserGroup: all(iam('read')),
  addUsersToUserGroup: all(iam('write')),
  replaceUsersInUserGroup: all(iam('write')),
  removeUsersFromUserGroup: all(iam('write')),
  listInvitesFromUserGroup: all(iam('read')),
  addPermissionsToUserGroup: all(iam('write')),
  replacePermissionsForUserGroup: all(iam('write')),
  listRoles: all(iam('read')),
  listAuditEvents: whole('audit', 'read'),

  listLabels: whole('labels', 'read'),
  createLabel: whole('labels', 'write'),
  deleteLabel: whole('labels', 'write'),

  getIngressSuccessMetricsFromDeliveryOverview: FIGURES,
  getIngressFailedMetricsFromDeliveryOverview: FIGURES,
  getFilteredAtSourceMetricsFromDeliveryOverview: FIGURES,
  getFilteredAtDestinationMetricsFromDeliveryOverview: FIGURES,
  getEgressSuccessMetricsFromDeliveryOverview: FIGURES,
  getEgressFailedMetricsFromDeliveryOverview: FIGURES,
  getEventsVolumeFromWorkspace: FIGURES,
  getDailyPerSourceAPICallsUsage: whole('usage', 'read'),
  getDailyWorkspaceAPICallsUsage: whole('usage', 'read'),
  getDailyPerSourceMTUUsage: whole('usage', 'read'),
  getDailyWorkspaceMTUUsage: whole('usage', 'read'),

  createWorkspaceRegulation: whole('privacy', 'write'),
  createSourceRegulation: whole('privacy', 'write'),
  createCloudSourceRegulation: whole('privacy', 'write'),
  listWorkspaceRegulations: whole('privacy', 'read'),
  listRegulationsFromSource: whole('privacy', 'read'),
  getRegulation: whole('privacy', 'read'),
  listSuppressions: whole('privacy', 'read'),

  listSpaces: listOf('spaces', 'space', 'space'),
  getSpace: all(space('read')),
  batchQueryMessagingSubscriptionsForSpace: all(space('read')),
  replaceMessagingSubscriptionsInSpaces: all(space('write')),
  createDownload: whole('space', 'write'),
  listProfilesWarehouseInSpace: all(space('read')),
  createProfilesWarehouse: all(space('write')),
  updateProfilesWarehouseForSpaceWarehouse: all(space('write')),
  removeProfilesWarehouseFromSpace: all(space('write')),
  listSelectiveSyncsFromWarehouseAndSpace: all(space('read')),
  updateSelectiveSyncForWarehouseAndSpace: all(space('write')),
  // Not by the space's id but by that of its integration: whoever has all of them.
  createFilterForSpace: whole('space', 'write'),
  listFiltersForSpace: whole('space', 'read'),
  getFilterById: whole('space', 'read'),
  updateFilterById: whole('space', 'write'),
  deleteFilterById: whole('space', 'write'),
  listTraits: all(space('read')),
  listSampleValuesFromTrait: all(space('read')),
  listEvents: all(space('read')),
  listPropertiesFromEvent: all(space('read')),
  listSampleValuesFromEventProperty: all(space('read')),
  listEntityPaths: all(space('read')),
  listPropertiesFromEntity: all(space('read')),
  listSampleValuesFromEntityProperty: all(space('read')),

  listAudiences: all(engage('read')),
  createAudience: all(engage('write')),
  getAudience: all(engage('read')),
  updateAudienceForSpace: all(engage('write')),
  removeAudienceFromSpace: all(engage('write')),
  createAudiencePreview: all(engage('read')),
  getAudiencePreview: all(engage('read')),
  forceExecuteAudienceRun: all(engage('write')),
  listAudienceConsumersFromSpaceAndAudience: all(engage('read')),
  listAudienceSchedulesFromSpaceAndAudience: all(engage('read')),
  addAudienceScheduleToAudience: all(engage('write')),
  getAudienceScheduleFromSpaceAndAudience: all(engage('read')),
  updateAudienceScheduleForAudience: all(engage('write')),
  removeAudienceScheduleFromAudience: all(engage('write')),
  listComputedTraits: all(engage('read')),
  createComputedTrait: all(engage('write')),
  getComputedTrait: all(engage('read')),
  updateComputedTraitForSpace: all(engage('write')),
  removeComputedTraitFromSpace: all(engage('write')),
  listSupportedDestinationsFromAudience: all(engage('read')),
  listDestinationsFromAudience: all(engage('read')),
  addDestinationToAudience: all(engage('write')),
  updateDestinationForAudience: all(engage('write')),
  removeDestinationFromAudience: all(engage('write')),
  listActivationsFromAudience: all(engage('read')),
  addActivationToAudience: all(engage('write')),
  getActivationFromAudience: all(engage('read')),
  updateActivationForAudience: all(engage('write')),
  removeActivationFromAudience: all(engage('write')),
};

function listOnly(list: string, area: Area, kind: Kind): Pick<Rule, 'only'> {
  return { only: { list, area, kind, id: 'id' } };
}

/** @throws Error for an operation that stands nowhere. */
export function ruleOf(operationId: string): Rule {
  const rule = Object.hasOwn(RULES, operationId) ? RULES[operationId] : undefined;
  if (!rule) throw new Error(`permissions/rules.ts says nothing about ${operationId}.`);
  return rule;
}
