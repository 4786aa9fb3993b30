/** Ready-to-run code that sends a first event with a source's write key to this server. */
import { CodeBlock } from '../../ui/code.tsx';
import { Tabs } from '../../ui/tabs.tsx';

export function Snippets({ writeKey }: { writeKey: string }) {
  const snippets = snippetsFor(writeKey, new URL(window.location.origin));
  return (
    <Tabs
      label="Snippets"
      tabs={snippets.map(({ value, label, install, code }) => ({
        value,
        label,
        content: (
          <div className="flex flex-col gap-2">
            {install && <CodeBlock code={install} label="install command" />}
            <CodeBlock code={code} label={`${label} snippet`} />
          </div>
        ),
      }))}
    />
  );
}

function snippetsFor(writeKey: string, server: URL) {
  return [
    {
      value: 'curl',
      label: 'curl',
      install: null,
      code: `curl ${server.origin}/v1/track \\
  -u '${writeKey}:' \\
  -H 'content-type: application/json' \\
  -d '{"userId": "user-1", "event": "Signed Up", "properties": {"plan": "pro"}}'`,
    },
    {
      value: 'node',
      label: 'Node.js',
      install: 'npm install @segment/analytics-node',
      code: `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({
  writeKey: '${writeKey}',
  host: '${server.origin}',
})

analytics.identify({ userId: 'user-1', traits: { email: 'user@example.com', plan: 'pro' } })
analytics.track({ userId: 'user-1', event: 'Signed Up', properties: { plan: 'pro' } })

await analytics.closeAndFlush()`,
    },
    {
      value: 'browser',
      label: 'Browser',
      install: 'npm install @segment/analytics-next',
      code: `import { AnalyticsBrowser } from '@segment/analytics-next'

export const analytics = AnalyticsBrowser.load(
  { writeKey: '${writeKey}', cdnURL: '${server.origin}' },
  {
    integrations: {
      'Segment.io': { apiHost: '${server.host}/v1', protocol: '${server.protocol.replace(':', '')}' },
    },
  },
)

analytics.page()
analytics.track('Signed Up', { plan: 'pro' })`,
    },
  ];
}
