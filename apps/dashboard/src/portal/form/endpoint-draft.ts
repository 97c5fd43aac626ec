import type { Webhook } from '../../api/schema.ts';
import { isSameSelection, type Selection } from './event-selection.ts';

/** The form as it stands, saved or not. */
export interface EndpointDraft {
  readonly active: boolean;
  readonly url: string;
  readonly description: string;
  readonly events: Selection;
}

export const emptyDraft: EndpointDraft = { active: true, url: '', description: '', events: [] };

export function draftOf({ active, url, description, events }: Webhook): EndpointDraft {
  return { active, url, description, events };
}

export type Changes = Partial<{
  active: boolean;
  url: string;
  description: string;
  events: string[];
}>;

/** What a save sends: the fields that differ, and nothing else, so that another's change to the rest stays. */
export function changesOf(saved: EndpointDraft, draft: EndpointDraft): Changes {
  return {
    ...(draft.active === saved.active ? {} : { active: draft.active }),
    ...(draft.url === saved.url ? {} : { url: draft.url }),
    ...(draft.description === saved.description ? {} : { description: draft.description }),
    ...(isSameSelection(draft.events, saved.events) ? {} : { events: [...draft.events] }),
  };
}

export function isDirty(saved: EndpointDraft, draft: EndpointDraft): boolean {
  return Object.keys(changesOf(saved, draft)).length > 0;
}

/**
 * The endpoint was changed elsewhere while somebody edits it: what they have not touched follows, what they have stays theirs.
 */
export function rebased(before: EndpointDraft, after: EndpointDraft, draft: EndpointDraft): EndpointDraft {
  return { ...after, ...changesOf(before, draft) };
}
