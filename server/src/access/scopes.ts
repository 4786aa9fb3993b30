/**
 * Every scope there is, with what it allows: the one registry that routes, docs, dashboard and tests read.
 * Names come from the five products' pages (contracts: segmentflow §2.1–2.2, subscribeflow §2.3, segment-config-api);
 * a name that two products share is one scope.
 */

interface ScopeInfo {
  readonly description: string;
  readonly group: string;
  /** A read scope changes nothing; a viewer has all of them. */
  readonly reads?: true;
}

export const SCOPES = {
  'sources:read': { group: 'Connections', description: 'List and read sources, with their write keys', reads: true },
  'sources:write': { group: 'Connections', description: 'Create, update and delete sources' },
  'destinations:read': { group: 'Connections', description: 'List and read destinations', reads: true },
  'destinations:write': { group: 'Connections', description: 'Create, update and delete destinations' },
  'events:read': { group: 'Events', description: 'Read and watch events, refusals and their deliveries', reads: true },
  'events:write': { group: 'Events', description: 'Track events with an API key' },
  'profiles:read': {
    group: 'People',
    description: 'List and read people, their identifiers, traits and events',
    reads: true,
  },
  'profiles:write': { group: 'People', description: 'Delete people, one or many' },
  'subscribers:read': { group: 'People', description: 'List and get subscribers', reads: true },
  'subscribers:write': { group: 'People', description: 'Create and update subscribers' },
  'subscribers:delete': { group: 'People', description: 'Delete subscribers' },
  'tags:read': { group: 'People', description: 'List and get tags', reads: true },
  'tags:write': { group: 'People', description: 'Create, update and delete tags' },
  'segments:read': { group: 'Audiences', description: 'List segments and preview audiences', reads: true },
  'segments:write': { group: 'Audiences', description: 'Create, update and delete audiences' },
  'templates:read': { group: 'Messaging', description: 'List and read email templates', reads: true },
  'templates:write': { group: 'Messaging', description: 'Create, update and archive email templates' },
  'emails:read': { group: 'Messaging', description: 'Read sent emails and their state', reads: true },
  'emails:send': {
    group: 'Messaging',
    description: 'Send transactional emails (the key must also be allowed to send)',
  },
  'emails:write': {
    group: 'Messaging',
    description: 'Send emails, one or a batch (the key must also be allowed to send)',
  },
  'campaigns:read': { group: 'Messaging', description: 'List and get campaigns', reads: true },
  'campaigns:write': { group: 'Messaging', description: 'Create, update, send and cancel campaigns' },
  'broadcasts:read': { group: 'Messaging', description: 'Read broadcast status', reads: true },
  'broadcasts:create': { group: 'Messaging', description: 'Create and send a broadcast in one call (legacy)' },
  'broadcasts:prepare': { group: 'Messaging', description: 'Build a broadcast dry run' },
  'broadcasts:send': {
    group: 'Messaging',
    description: 'Redeem a prepared send (the key must also be allowed to send)',
  },
  'broadcasts:cancel': { group: 'Messaging', description: 'Cancel a broadcast that is being sent' },
  'triggers:read': { group: 'Messaging', description: 'List and get email triggers', reads: true },
  'triggers:write': { group: 'Messaging', description: 'Create, update and delete email triggers' },
  'journeys:read': { group: 'Messaging', description: 'Read journey run status', reads: true },
  'journeys:trigger': { group: 'Messaging', description: 'Trigger a journey with an API entry' },
  'assets:read': { group: 'Messaging', description: 'List assets', reads: true },
  'assets:write': { group: 'Messaging', description: 'Upload, finalize, update and delete assets' },
  'brand-kit:read': { group: 'Messaging', description: 'Read brand kits', reads: true },
  'brand-kit:write': { group: 'Messaging', description: 'Create, update and delete brand kits' },
  'webhooks:manage': { group: 'Messaging', description: 'Create, update, delete and test webhooks' },
  'sandbox:read': { group: 'Messaging', description: 'Look at what the test environment captured', reads: true },
  'audit:read': { group: 'Access', description: 'Read, export and verify the audit trail' },
  'members:read': { group: 'Access', description: 'List members and invitations', reads: true },
  'members:manage': { group: 'Access', description: 'Invite, change and remove members; end their sessions' },
  'usage:read': { group: 'Access', description: 'Read what every caller did, and what keys use of their rights' },
  'api-keys:manage': { group: 'Access', description: 'List, create and revoke API keys' },
  'oauth:manage': { group: 'Access', description: 'Register OAuth apps, see and end what users agreed to' },
  'alerts:read': {
    group: 'Access',
    description: 'Read alerts, leaked keys and sends that ask for approval',
    reads: true,
  },
  'alerts:manage': {
    group: 'Access',
    description: 'Acknowledge alerts; with a role that may send, decide about sends',
  },
  workspace: { group: 'Control plane', description: 'Manage the workspace through the Config API and Public API' },
  'workspace:read': {
    group: 'Control plane',
    description: 'Read the workspace through the Config API and Public API',
    reads: true,
  },
} as const satisfies Record<string, ScopeInfo>;

export type ScopeName = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as readonly ScopeName[];

export function isScopeName(value: string): value is ScopeName {
  return Object.hasOwn(SCOPES, value);
}

/**
 * What a list of names allows: those that still exist, and what they include. `workspace` reads and writes everything of
 * the workspace (contract segment-config-api §2.1).
 */
export function allowedScopes(names: readonly string[]): Set<ScopeName> {
  const scopes = new Set(names.filter(isScopeName));
  if (scopes.has('workspace')) scopes.add('workspace:read');
  return scopes;
}

export function scopeInfo(name: ScopeName): ScopeInfo {
  return SCOPES[name];
}

/** What a viewer and a key in quarantine have. */
export const READING_SCOPES: ReadonlySet<ScopeName> = new Set(
  SCOPE_NAMES.filter((name) => scopeInfo(name).reads === true),
);

/** Rights over the whole workspace: only owners, and keys that have them, give them on (seed segment-public-api). */
export const OWNERS_SCOPES: ReadonlySet<ScopeName> = new Set(['workspace', 'workspace:read']);
