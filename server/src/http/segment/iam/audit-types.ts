/**
 * Our audit actions under the vendor's names (contract segment-public-api §2, column audit event): the one table. What it
 * does not name is called by its own words.
 */

interface Names {
  readonly name: string;
  /** Where the change was only switching it on or off. */
  readonly on?: string;
  readonly off?: string;
  /** Where the change was only one of its settings. */
  readonly settings?: string;
}

const updated = (noun: string, verb = 'Modified'): Names => ({
  name: `${noun} ${verb}`,
  on: `${noun} Enabled`,
  off: `${noun} Disabled`,
});

const TYPES: Readonly<Record<string, string | Names>> = {
  'source.created': 'Source Created',
  'source.updated': { ...updated('Source'), settings: 'Source Settings Modified' },
  'source.enabled': 'Source Enabled',
  'source.disabled': 'Source Disabled',
  'source.deleted': 'Source Deleted',
  'write-key.created': 'Source Modified',
  'write-key.removed': 'Source Modified',
  'label.created': 'Label Created',
  'label.deleted': 'Label Deleted',
  'destination.created': 'Integration Created',
  'destination.updated': updated('Integration'),
  'destination.enabled': 'Integration Enabled',
  'destination.disabled': 'Integration Disabled',
  'destination.deleted': 'Integration Deleted',
  'subscription.created': 'Destination Subscription Created',
  'subscription.updated': updated('Destination Subscription'),
  'subscription.deleted': 'Destination Subscription Deleted',
  'filter.created': 'Destination Filter Created',
  'filter.updated': updated('Destination Filter'),
  'filter.enabled': 'Destination Filter Enabled',
  'filter.disabled': 'Destination Filter Disabled',
  'filter.deleted': 'Destination Filter Deleted',
  'transformation.created': 'Transformation Created',
  'transformation.updated': 'Transformation Updated',
  'transformation.deleted': 'Transformation Deleted',
  'tracking-plan.created': 'Tracking Plan Created',
  'tracking-plan.updated': 'Tracking Plan Modified',
  'tracking-plan.rules-replaced': 'Tracking Plan Modified',
  'tracking-plan.rules-updated': 'Tracking Plan Modified',
  'tracking-plan.rules-removed': 'Tracking Plan Modified',
  'tracking-plan.source-added': 'Source Modified',
  'tracking-plan.source-removed': 'Source Modified',
  'tracking-plan.deleted': 'Tracking Plan Deleted',
  'function.created': 'Source Function Created',
  'function.updated': 'Source Function Modified',
  'function.deployed': 'Source Function Deployed',
  'function.deleted': 'Source Function Deleted',
  'warehouse.created': 'Storage Destination Created',
  'warehouse.updated': updated('Storage Destination'),
  'warehouse.enabled': 'Storage Destination Enabled',
  'warehouse.disabled': 'Storage Destination Disabled',
  'warehouse.deleted': 'Storage Destination Deleted',
  'warehouse.validated': 'Storage Destination Settings Validation',
  'warehouse.connected': 'Storage Destination Modified',
  'warehouse.disconnected': 'Storage Destination Modified',
  'model.created': 'Model Created',
  'model.updated': {
    name: 'Model Settings Saved',
    on: 'Model State Change Toggled',
    off: 'Model State Change Toggled',
  },
  'model.deleted': 'Model Deleted',
  'audience.created': 'Audience Created',
  'audience.updated': 'Audience Modified',
  'audience.deleted': 'Audience Deleted',
  'audience.run-forced': 'Audience Run Forced',
  'audience-preview.created': 'Audience Preview Created',
  'computed-trait.created': 'Computed Trait Created',
  'computed-trait.updated': 'Computed Trait Modified',
  'computed-trait.deleted': 'Computed Trait Deleted',
  'invitation.created': 'Non-Segment User Invited to Workspace',
  'invitation.revoked': 'Invite Deleted',
  'invitation.accepted': 'Invite Accepted',
  'member.removed': 'Group Memberships Deleted',
  'member.updated': 'User Policy Updated',
  'permission.created': 'Policy Created',
  'permission.deleted': 'Policy Deleted',
  'group.created': 'User Group Created',
  'group.updated': 'User Group Updated',
  'group.deleted': 'User Group Deleted',
  'group.members-added': 'Subjects Added to Group',
  'group.members-removed': 'User Removed From User Group',
  'api_key.created': 'Access Token Created',
  'api_key.updated': 'Access Token Modified',
  'api_key.revoked': 'Access Token Deleted',
};

export interface AuditedChange {
  readonly action: string;
  readonly targetType: string;
  /** As they are stored: JSON of what changed. */
  readonly before: string | null;
  readonly after: string | null;
}

export function typeOf(change: AuditedChange): string {
  const { action, targetType } = change;
  if (action === 'permission.updated') {
    return targetType === 'user_group' ? 'User Group Policy Updated' : 'User Policy Updated';
  }
  const known = Object.hasOwn(TYPES, action) ? TYPES[action] : undefined;
  if (known === undefined) return inTitleCase(action.replace('.', ' '));
  if (typeof known === 'string') return known;
  const after = fieldsOf(change.after);
  const [only, ...more] = Object.keys(after);
  if (only === 'enabled' && more.length === 0) return (after['enabled'] ? known.on : known.off) ?? known.name;
  if (only === 'settings' && more.length === 0) return known.settings ?? known.name;
  return known.name;
}

function fieldsOf(json: string | null): Record<string, unknown> {
  return json === null ? {} : (JSON.parse(json) as Record<string, unknown>);
}

function inTitleCase(text: string): string {
  return text.replaceAll(/[_-]/g, ' ').replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Ours → the vendor's word for it, where they differ. */
const RESOURCES: Readonly<Record<string, string>> = {
  member: 'user',
  invitation: 'invite',
  api_key: 'access_token',
  'tracking-plan': 'tracking_plan',
  'computed-trait': 'computed_trait',
};

export function resourceTypeOf(targetType: string): string {
  return RESOURCES[targetType] ?? targetType.replaceAll('-', '_');
}

/** What a caller means by `Sources`, `TRACKING_PLAN` or `tracking plan`: our types that are shown so. */
export function targetTypesOf(resourceType: string): string[] {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[\s_-]/g, '')
      .replace(/s$/, '');
  const named = Object.entries(RESOURCES).filter(([, shown]) => plain(shown) === plain(resourceType));
  if (named.length > 0) return named.map(([ours]) => ours);
  const word = resourceType.toLowerCase().replace(/s$/, '').replaceAll(/[\s-]/g, '_');
  return [word, word.replaceAll('_', '-')];
}
