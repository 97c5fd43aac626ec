import { schema } from '#http-edge';
import { ReplaysController } from '../../rest/replays.controller.ts';
import { page, replayBegun, shown } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';

const acted = {
  200: {
    description: 'As it is after the change.',
    schema: schema.ref('Replay'),
    headers: ['position', 'replayed'],
  },
} as const;

export const replayRoutes = describeRoutes(ReplaysController, 'Replays', {
  start: {
    id: 'startReplay',
    summary: 'Send many deliveries again, or count them',
    access: 'deliveries:replay',
    example: { what: 'failed', filter: { since: '2026-11-21T00:00:00Z' }, dry_run: true },
    answers: {
      200: { description: 'A dry run.', schema: schema.ref('ReplayPlan'), headers: ['replayed'] },
      ...replayBegun,
    },
    problems: ['not_entitled'],
  },
  list: {
    id: 'listReplays',
    summary: 'List replays, oldest first',
    access: 'deliveries:read',
    answers: page('Replay', false),
  },
  get: {
    id: 'getReplay',
    summary: 'Read a replay, with what became of what it sent',
    access: 'deliveries:read',
    answers: shown('ReplayWithOutcomes'),
  },
  patch: {
    id: 'updateReplay',
    summary: 'Change the rate of a replay',
    access: 'deliveries:replay',
    example: { rate: 1 },
    answers: {
      200: {
        description: 'As it is after the change.',
        schema: schema.ref('Replay'),
        headers: ['position'],
      },
    },
  },
  pause: { id: 'pauseReplay', summary: 'Pause a replay', access: 'deliveries:replay', answers: acted },
  resume: { id: 'resumeReplay', summary: 'Go on with a replay', access: 'deliveries:replay', answers: acted },
  cancel: { id: 'cancelReplay', summary: 'End a replay', access: 'deliveries:replay', answers: acted },
});
