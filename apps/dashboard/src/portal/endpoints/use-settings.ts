import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { hasStatus } from '../../api/api-problem.ts';
import type { Webhook } from '../../api/schema.ts';
import { changesOf, draftOf, isDirty, rebased, type EndpointDraft } from '../form/endpoint-draft.ts';
import { checkUrl } from '../form/url-check.ts';

/** The form of a saved endpoint: its draft, whether it differs, and how it is saved over the version that was read. */
export function useSettings(webhook: Webhook, version: string | null, https: 'always' | 'production') {
  const { api } = useApi();
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
    mutationFn: (changes: ReturnType<typeof changesOf>) =>
      dataOf(
        api.PATCH('/api/v1/webhooks/{id}', {
          params: {
            path: { id: webhook.id },
            ...(version === null ? {} : { header: { 'If-Match': version } }),
          },
          body: changes,
        }),
      ),
    onSuccess: (saved) => {
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
    isSaved: save.isSuccess,
    error: save.error,
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
