import { ofKind, type Labels, type Manifest, type Pod } from './read-manifests.ts';
import type { Problems } from './workload-checks.ts';

const called = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;

const deployments = (manifests: readonly Manifest[]) =>
  ofKind(manifests, 'Deployment').map((one) => ({
    name: called(one),
    app: one.metadata.name,
    spec: one.spec!,
    labels: one.spec!.template!.metadata.labels,
    pod: one.spec!.template!.spec,
  }));

const fits = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** A selector that fits no pod, or pods of another process, does nothing and says nothing. */
export function selectorProblems(manifests: readonly Manifest[]): Problems {
  const all = deployments(manifests);
  const own = all.flatMap(({ name, spec, labels, pod }) => [
    ...(fits(spec.selector?.matchLabels ?? {}, labels) ? [] : [`${name}: does not select its own pods`]),
    ...(pod.topologySpreadConstraints ?? [])
      .filter(({ labelSelector }) => !fits(labelSelector.matchLabels, labels))
      .map(() => `${name}: spreads other pods`),
  ]);
  const others = ['Service', 'PodDisruptionBudget'].flatMap((kind) =>
    ofKind(manifests, kind).flatMap((one) => {
      const selector: Labels = one.spec?.selector?.matchLabels ?? one.spec?.selector ?? {};
      const chosen = all.filter(({ labels }) => fits(selector, labels)).map(({ app }) => app);
      return chosen.join() === one.metadata.name
        ? []
        : [`${called(one)}: selects ${chosen.join() || 'nothing'}`];
    }),
  );
  const policies = ofKind(manifests, 'NetworkPolicy')
    .filter(({ spec }) => !all.some(({ labels }) => fits(spec?.podSelector?.matchLabels ?? {}, labels)))
    .map((one) => `${called(one)}: selects nothing`);
  return [...own, ...others, ...policies];
}

/** Names lead somewhere: maps, secrets, ports, what is scaled; everything in the one namespace. */
export function referenceProblems(manifests: readonly Manifest[]): Problems {
  const all = deployments(manifests);
  const namespace = ofKind(manifests, 'Namespace')[0]?.metadata.name;
  const has = (kind: string, name: string): boolean =>
    ofKind(manifests, kind).some(({ metadata }) => metadata.name === name);
  const keys = ofKind(manifests, 'Secret').flatMap((one) =>
    Object.keys(one.stringData ?? {}).map((key) => `${one.metadata.name}/${key}`),
  );
  return [
    ...manifests
      .filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== namespace)
      .map((one) => `${called(one)}: is not in namespace ${namespace}`),
    ...all.flatMap(({ name, pod: { containers } }) => [
      ...(containers[0].envFrom ?? [])
        .filter(({ configMapRef }) => !has('ConfigMap', configMapRef.name))
        .map(({ configMapRef }) => `${name}: no ConfigMap ${configMapRef.name}`),
      ...(containers[0].env ?? [])
        .flatMap(({ valueFrom }) => (valueFrom === undefined ? [] : [valueFrom.secretKeyRef]))
        .map(({ name: secret, key }) => `${secret}/${key}`)
        .filter((key) => !keys.includes(key))
        .map((key) => `${name}: no secret ${key}`),
    ]),
    ...ofKind(manifests, 'Service').flatMap((one) => {
      const ports = all.find(({ app }) => app === one.metadata.name)?.pod.containers[0].ports ?? [];
      return (one.spec?.ports ?? [])
        .filter(({ targetPort }) => !ports.some(({ name }) => name === targetPort))
        .map(({ targetPort }) => `${called(one)}: no port ${targetPort} in its pods`);
    }),
    ...manifests
      .filter(
        ({ spec }) => spec?.scaleTargetRef !== undefined && !has('Deployment', spec.scaleTargetRef.name),
      )
      .map((one) => `${called(one)}: scales nothing`),
  ];
}

/** Every process that can be told to leave has somebody who goes on. */
export function availabilityProblems(manifests: readonly Manifest[], apps: readonly string[]): Problems {
  const all = deployments(manifests);
  const minima = ofKind(manifests, 'HorizontalPodAutoscaler');
  return apps.flatMap((app) => {
    const found = all.find((one) => one.app === app);
    if (found === undefined) return [`${app}: has no Deployment`];
    const { spec } = found;
    const scaler = minima.find((one) => one.spec?.scaleTargetRef?.name === app);
    const least = scaler?.spec?.minReplicas ?? spec.replicas ?? 1;
    const rolling = spec.strategy?.rollingUpdate;
    return [
      ...(least >= 2 ? [] : [`${app}: ${least} copy leaves none during a move`]),
      ...(rolling?.maxUnavailable === 0 && (rolling.maxSurge ?? 0) > 0
        ? []
        : [`${app}: an update takes one away`]),
      ...(ofKind(manifests, 'PodDisruptionBudget').some(({ metadata }) => metadata.name === app)
        ? []
        : [`${app}: has no PodDisruptionBudget`]),
      ...(scaler !== undefined && spec.replicas !== undefined
        ? [`${app}: two say how many copies there are`]
        : []),
    ];
  });
}

/** What namespaces of the level `restricted` ask for, and that Services do not slip settings in. */
export function podProblems(manifests: readonly Manifest[]): Problems {
  const rules: readonly [string, (pod: Pod) => boolean][] = [
    ['service links are on', (pod) => pod.enableServiceLinks !== false],
    ['has a token of the cluster', (pod) => pod.automountServiceAccountToken !== false],
    ['may run as root', (pod) => pod.securityContext?.runAsNonRoot !== true],
    ['has no seccomp profile', (pod) => pod.securityContext?.seccompProfile?.type !== 'RuntimeDefault'],
    [
      'may gain privileges',
      ({ containers: [one] }) => one.securityContext?.allowPrivilegeEscalation !== false,
    ],
    ['asks for no resources', ({ containers: [one] }) => one.resources?.requests === undefined],
    ['has no bounds', ({ containers: [one] }) => one.resources?.limits === undefined],
    [
      'has no time to start',
      ({ containers: [{ startupProbe: one }] }) =>
        (one?.periodSeconds ?? 10) * (one?.failureThreshold ?? 3) < 120,
    ],
  ];
  return deployments(manifests).flatMap(({ name, pod }) =>
    rules.filter(([, isBroken]) => isBroken(pod)).map(([what]) => `${name}: ${what}`),
  );
}

/** The lag that is scaled by is that of this installation's group and events. */
export function lagProblems(manifests: readonly Manifest[]): Problems {
  const config = ofKind(manifests, 'ConfigMap').find(({ metadata }) => metadata.name === 'hyperhook')?.data;
  const prefix = config?.['HYPERHOOK_KAFKA_PREFIX'] ?? '';
  const wanted: Labels = {
    bootstrapServers: config?.['HYPERHOOK_KAFKA_BROKERS'] ?? '',
    consumerGroup: `${prefix}dispatcher`,
    topic: `${prefix}events`,
  };
  return ofKind(manifests, 'ScaledObject').flatMap((one) =>
    (one.spec?.triggers ?? []).flatMap(({ metadata }) =>
      Object.entries(wanted)
        .filter(([key, value]) => metadata[key] !== value)
        .map(([key, value]) => `${called(one)}: ${key} is ${metadata[key]}, the processes use ${value}`),
    ),
  );
}
