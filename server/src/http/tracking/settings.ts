/**
 * What analytics-next loads from `cdnURL` before it sends anything: which integrations run in the browser (none) and
 * where events go (here). Field names are those its own settings type reads (`LegacySettings`).
 */

export interface SegmentSettings {
  integrations: Record<string, Record<string, unknown>>;
  plan: { track: Record<string, unknown>; identify: Record<string, unknown>; group: Record<string, unknown> };
  edgeFunction: Record<string, unknown>;
  middlewareSettings: Record<string, unknown>;
  enabledMiddleware: Record<string, boolean>;
  metrics: { sampleRate: number };
  legacyVideoPluginsEnabled: boolean;
  remotePlugins: unknown[];
}

export function segmentSettings(writeKey: string, publicUrl: string): SegmentSettings {
  const url = new URL(publicUrl);
  const path = url.pathname.replace(/\/+$/, '');
  return {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        // Without a scheme: the library puts `protocol` before it.
        apiHost: `${url.host}${path}/v1`,
        protocol: url.protocol.replace(':', ''),
        unbundledIntegrations: [],
        addBundledMetadata: false,
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: {
      track: { __default: { enabled: true } },
      identify: { __default: { enabled: true } },
      group: { __default: { enabled: true } },
    },
    edgeFunction: {},
    middlewareSettings: {},
    enabledMiddleware: {},
    // Its own telemetry would leave for the vendor's host.
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
}
