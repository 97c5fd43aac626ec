import { Rejected } from '#domain';
import type { ControlWriter, FollowedControl } from '#control';
import type { DisableEndpoint, Disabling } from './policy-ports.ts';

/**
 * The disable policy's hand: `failed(term)` through the endpoint's decider, which ignores every other term (R22, P6). A
 * lost race is decided again on what won it; an endpoint that is gone needs no disabling. `told` is called where this very
 * call disabled it: of the many deliveries that fail at once, one does.
 */
export function disableEndpointBy(
  writer: ControlWriter,
  control: FollowedControl,
  told: (disabled: Disabling) => void,
): DisableEndpoint {
  return async (disabling) => {
    const { endpointId, term, reason, cause, at } = disabling;
    for (;;) {
      const endpoint = control.table.endpoint(endpointId);
      if (endpoint?.status !== 'active' || endpoint.term !== term) return;
      try {
        await writer.endpoint(
          endpointId,
          { type: 'fail', term, reason, cause, at },
          'policy:disable-endpoint',
        );
        return told(disabling);
      } catch (error) {
        if (!(error instanceof Rejected) || error.code === 'invalid') throw error;
      }
    }
  };
}
