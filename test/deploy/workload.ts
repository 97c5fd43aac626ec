import { instructionsOf, environmentOf, lastOf, type Stage } from './read-dockerfile.ts';
import type { Compose } from './read-compose.ts';
import { ofKind, type Manifest } from './read-manifests.ts';

/** One process as it is deployed, whatever deploys it. */
export interface Workload {
  readonly app: string;
  /** What stands behind the image's ENTRYPOINT. */
  readonly args: readonly string[];
  /** All that the process is given: the image's variables, then the deployment's. */
  readonly env: Readonly<Record<string, string>>;
  /** Ports at which others expect it. */
  readonly ports: readonly number[];
  readonly probes: readonly string[];
  /** From SIGTERM to SIGKILL. */
  readonly graceSeconds: number;
  readonly uid: string;
  readonly isReadOnly: boolean;
  readonly dropped: readonly string[];
  /** As many as it says may run at once; one more for the while of an update. */
  readonly copies: number;
}

const seconds = (span = '0s'): number => Number(/^(\d+)s$/.exec(span)?.[1] ?? Number.NaN);

export const exposed = (stages: readonly Stage[]): number[] =>
  instructionsOf(stages, 'engine')
    .filter(({ op }) => op === 'EXPOSE')
    .map(({ text }) => Number(text));

export const userOf = (stages: readonly Stage[], stage: string): string =>
  lastOf(stages, stage, 'USER')?.text ?? 'root';

export function composeWorkloads(
  compose: Compose,
  stages: readonly Stage[],
  apps: readonly string[],
): Workload[] {
  return apps.map((app) => {
    const service = compose.services[app] ?? {};
    const given = Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)]);
    return {
      app,
      args: service.command ?? [],
      env: { ...environmentOf(stages, service.build?.target ?? ''), ...Object.fromEntries(given) },
      ports: [...exposed(stages), ...(service.ports ?? []).map((port) => Number(port.split(':').at(-1)))],
      probes: (service.healthcheck?.test ?? []).filter((word) => word.startsWith('/')),
      graceSeconds: seconds(service.stop_grace_period),
      uid: userOf(stages, service.build?.target ?? ''),
      isReadOnly: service.read_only === true,
      dropped: service.cap_drop ?? [],
      copies: 1,
    };
  });
}

export function kubernetesWorkloads(manifests: readonly Manifest[], stages: readonly Stage[]): Workload[] {
  const scaled = [...ofKind(manifests, 'HorizontalPodAutoscaler'), ...ofKind(manifests, 'ScaledObject')];
  return ofKind(manifests, 'Deployment').map(({ metadata, spec }) => {
    const pod = spec!.template!.spec;
    const [container] = pod.containers;
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
    const portOf = (port: string | number): number =>
      typeof port === 'number'
        ? port
        : (container.ports?.find(({ name }) => name === port)?.containerPort ?? Number.NaN);
    const maxima = scaled
      .filter((one) => one.spec?.scaleTargetRef?.name === metadata.name)
      .map((one) => one.spec?.maxReplicas ?? one.spec?.maxReplicaCount ?? 0);
    return {
      app: metadata.name,
      args: container.args ?? [],
      env: { ...environmentOf(stages, 'engine'), ...environmentFor(container, manifests) },
      ports: [
        ...exposed(stages),
        ...(container.ports ?? []).map(({ containerPort }) => containerPort),
        ...probes.flatMap((probe) => (probe === undefined ? [] : [portOf(probe.httpGet.port)])),
      ],
      probes: probes.flatMap((probe) => probe?.httpGet.path ?? []),
      graceSeconds:
        (pod.terminationGracePeriodSeconds ?? 30) - (container.lifecycle?.preStop?.sleep?.seconds ?? 0),
      uid: `${pod.securityContext?.runAsUser}:${pod.securityContext?.runAsGroup}`,
      isReadOnly: container.securityContext?.readOnlyRootFilesystem === true,
      dropped: container.securityContext?.capabilities?.drop ?? [],
      copies: Math.max(spec?.replicas ?? 0, ...maxima),
    };
  });
}

type Container = NonNullable<NonNullable<Manifest['spec']>['template']>['spec']['containers'][0];

/** What its maps, its own values and secrets give; a name that nothing has gives no value, so that the configuration lacks it. */
function environmentFor(container: Container, manifests: readonly Manifest[]): Record<string, string> {
  const called = (kind: string, name: string): Manifest | undefined =>
    ofKind(manifests, kind).find((one) => one.metadata.name === name);
  const maps = (container.envFrom ?? []).map(
    ({ configMapRef }) => called('ConfigMap', configMapRef.name)?.data ?? {},
  );
  const own = (container.env ?? []).map(({ name, value, valueFrom }) => {
    const { name: secret = '', key = '' } = valueFrom?.secretKeyRef ?? {};
    return { [name]: value ?? called('Secret', secret)?.stringData?.[key] ?? '' };
  });
  return Object.assign({}, ...maps, ...own) as Record<string, string>;
}
