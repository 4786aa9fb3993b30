/** Sends that are larger than their key may make alone: a second person lets them through or not. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { Approval } from '../../api/types.ts';
import { count, plural } from '../../lib/time.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { DescriptionList, Panel } from '../../ui/page.tsx';
import { EmptyState, InlineError } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { AlertsFrame, EnvironmentName, KeyLink } from './frame.tsx';

const TONES: Readonly<Record<string, Tone>> = {
  pending: 'warn',
  approved: 'ok',
  used: 'ok',
  rejected: 'bad',
  expired: 'neutral',
};

type Verdict = 'approve' | 'reject';

export function Approvals() {
  const { client, environment } = useApi();
  const allowed = useCan('alerts:read');
  const [which, setWhich] = useState<'pending' | 'all'>('pending');
  const [deciding, setDeciding] = useState<{ approval: Approval; verdict: Verdict } | null>(null);
  const query = useInfiniteQuery({
    ...listQuery<Approval>([environment, 'approvals', which], (cursor) =>
      client.approvals.list({ cursor, limit: 50, ...(which === 'pending' && { state: which }) }),
    ),
    enabled: allowed,
    refetchInterval: 30_000,
  });
  return (
    <AlertsFrame
      title="Approvals"
      description="Sends to more people than their key may reach alone. Somebody who did not make the key decides; an approval is good for one send within 24 hours."
    >
      <Segmented
        label="Which sends"
        className="self-start"
        value={which}
        onChange={setWhich}
        options={[
          { value: 'pending', label: 'Pending' },
          { value: 'all', label: 'All' },
        ]}
      />
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState
              icon={<MailCheck />}
              title={which === 'pending' ? 'No send waits for a decision' : 'No send has asked yet'}
            >
              A key with “Approval above” is refused when a send is larger; the send then waits here, and the key
              repeats it once it is approved.
            </EmptyState>
          }
        >
          {(approvals) => (
            <Sends approvals={approvals} onDecide={(approval, verdict) => setDeciding({ approval, verdict })} />
          )}
        </Listing>
      </Panel>
      <Decide deciding={deciding} onClose={() => setDeciding(null)} />
    </AlertsFrame>
  );
}

interface SendsProps {
  approvals: Approval[];
  onDecide: (approval: Approval, verdict: Verdict) => void;
}

function Sends({ approvals, onDecide }: SendsProps) {
  const allowed = useCan('alerts:manage');
  return (
    <ul aria-label="Sends that ask for approval" className="divide-y">
      {approvals.map((approval) => (
        <li key={approval.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
          <div className="min-w-0 flex-1 basis-72">
            <div className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-muted">
              <Badge tone={TONES[approval.state] ?? 'neutral'}>{approval.state}</Badge>
              <Time value={approval.requested_at} />
              <span aria-hidden>·</span>
              <EnvironmentName environment={approval.environment} />
            </div>
            <p className="break-words">
              <KeyLink named={approval.key} /> wants to reach{' '}
              <strong className="font-medium">{plural(approval.recipients, 'recipient')}</strong>
            </p>
            <p className="text-[13px] text-muted">
              <code className="break-all font-mono">{approval.route}</code>
            </p>
            <Decided approval={approval} />
          </div>
          {approval.state === 'pending' && allowed && (
            <span className="inline-flex gap-2">
              <Button
                size="sm"
                variant="danger"
                aria-label={`Reject the send of ${approval.key.name}`}
                onClick={() => onDecide(approval, 'reject')}
              >
                Reject
              </Button>
              <Button
                size="sm"
                aria-label={`Approve the send of ${approval.key.name}`}
                onClick={() => onDecide(approval, 'approve')}
              >
                Approve
              </Button>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Decided({ approval }: { approval: Approval }) {
  return (
    <div className="text-[13px] text-muted">
      {(approval.state === 'pending' || approval.state === 'approved') && (
        <p>
          It ends <Time value={approval.expires_at} />.
        </p>
      )}
      {approval.decided_by && (
        <p className="break-words">
          Decided by {approval.decided_by} <Time value={approval.decided_at} />
          {approval.note && <>: “{approval.note}”</>}
        </p>
      )}
      {approval.used_at && (
        <p>
          Sent <Time value={approval.used_at} />.
        </p>
      )}
    </div>
  );
}

interface DecideProps {
  deciding: { approval: Approval; verdict: Verdict } | null;
  onClose: () => void;
}

function Decide({ deciding, onClose }: DecideProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: async ({ approval: { id }, verdict }: NonNullable<typeof deciding>) => {
      const call = { id, ...(note.trim() !== '' && { note: note.trim() }) };
      await (verdict === 'approve' ? client.approvals.approve(call) : client.approvals.reject(call));
      return verdict;
    },
    onSuccess: async (verdict) => {
      close();
      toastDone(verdict === 'approve' ? 'The send is approved.' : 'The send is rejected.');
      await queries.invalidateQueries({ queryKey: [environment, 'approvals'] });
    },
  });
  const close = () => {
    onClose();
    setNote('');
    decide.reset();
  };
  const approving = deciding?.verdict === 'approve';
  return (
    <Dialog
      open={deciding !== null}
      onOpenChange={(open) => !open && close()}
      title={approving ? 'Approve this send?' : 'Reject this send?'}
      description={
        approving
          ? 'The same request is then let through once, within 24 hours. What it sends cannot be taken back.'
          : 'The same request stays refused; the key is told who rejected it.'
      }
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="decide-send" variant={approving ? 'primary' : 'danger'} busy={decide.isPending}>
            {approving ? 'Approve send' : 'Reject send'}
          </Button>
        </>
      }
    >
      {deciding && (
        <form
          id="decide-send"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            decide.mutate(deciding);
          }}
        >
          <DescriptionList
            items={[
              ['Key', <KeyLink key="key" named={deciding.approval.key} />],
              ['Recipients', <strong key="recipients">{count(deciding.approval.recipients)}</strong>],
              ['Environment', <EnvironmentName key="env" environment={deciding.approval.environment} />],
              ['Request', deciding.approval.route],
            ]}
          />
          <TextField label="Note" maxLength={500} value={note} onChange={setNote} placeholder="optional" />
          <InlineError error={decide.error} />
        </form>
      )}
    </Dialog>
  );
}
