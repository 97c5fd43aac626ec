import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { hasStatus } from '../../api/api-problem.ts';
import type { Webhook } from '../../api/schema.ts';
import { changesOf, draftOf, isDirty, rebased, type EndpointDraft } from '../form/endpoint-draft.ts';
import { checkUrl } from '../form/url-check.ts';
import { webhookKey, type SavedWebhook } from '../queries.ts';

/** The form of a saved endpoint: its draft, whether it differs, and how it is saved over the version that was read. */
export function useSettings(webhook: Webhook, version: string | null, https: 'always' | 'production') {
  const { api, tenant } = useApi();
  const queries = useQueryClient();
  const readAgain = useReadAgain();
  const [base, setBase] = useState(() => draftOf(webhook));
  const [draft, setDraft] = useState(base);
  const newest = draftOf(webhook);
  if (isDirty(base, newest)) {
    // Changed elsewhere, or by the save that has just ended.
    setBase(newest);
    setDraft(rebased(base, newest, draft));
  }
  const save = useMutation({
    mutationFn: async (changes: ReturnType<typeof changesOf>) => {
      const answer = api.PATCH('/api/v1/webhooks/{id}', {
        params: {
          path: { id: webhook.id },
          ...(version === null ? {} : { header: { 'If-Match': version } }),
        },
        body: changes,
      });
      return { saved: await dataOf(answer), savedVersion: (await answer).response.headers.get('etag') };
    },
    onSuccess: ({ saved, savedVersion }) => {
      // Until it is read again, what was read before the save would be taken for a newer change, and its version for the newest.
      queries.setQueryData<SavedWebhook>(webhookKey(tenant, webhook.id), (before) =>
        before === undefined ? before : { webhook: { ...before.webhook, ...saved }, version: savedVersion },
      );
      // The engine may have made something else of the URL: what it stored is what the form shows.
      setBase(draftOf(saved));
      setDraft(draftOf(saved));
    },
    onSettled: () => readAgain('webhooks'),
  });
  return {
    draft,
    isDirty: isDirty(base, draft),
    isSaving: save.isPending,
    error: save.error,
    /** Something in the fields is not as it must be. */
    isRefused: save.error !== null || checkUrl(draft.url, https).kind !== 'good',
    wasChangedElsewhere: hasStatus(save.error, 412),
    change: (change: Partial<EndpointDraft>) => setDraft((before) => ({ ...before, ...change })),
    save: () => {
      if (checkUrl(draft.url, https).kind === 'good') save.mutate(changesOf(base, draft));
    },
    discard: () => {
      setDraft(base);
      save.reset();
    },
  };
}
