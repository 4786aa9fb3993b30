/** The call that sends a template to one person. */
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/client.ts';
import type { Template } from '../../api/types.ts';
import { CodeBlock } from '../../ui/code.tsx';
import { Panel } from '../../ui/page.tsx';
import { variablesOf } from './variables.ts';

export function SendSnippet({ template }: { template: Template }) {
  const { environment } = useApi();
  const body = {
    template_slug: template.slug,
    to: 'user@example.com',
    variables: variablesOf(template.subject + template.html),
  };
  return (
    <Panel title={environment === 'test' ? 'Send a test' : 'Send it'}>
      <p className="mb-3 text-muted">
        {environment === 'test'
          ? 'With a test key nothing leaves: the email appears in the Sandbox, whole. '
          : 'Needs a live key with emails:send that may send. '}
        <Link to="/settings/api-keys" className="text-accent hover:underline">
          API Keys
        </Link>
      </p>
      <CodeBlock
        label="curl command"
        code={`curl ${window.location.origin}/api/v1/emails/send \\
  -H "Authorization: Bearer $HEADGATE_KEY" \\
  -H 'content-type: application/json' \\
  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`}
      />
    </Panel>
  );
}
