import { describe, expect, it } from '@jest/globals';
import { builtApps, longestAttemptMs, manifestFiles, probePaths, schemas, text } from './facts.ts';
import {
  availabilityProblems,
  lagProblems,
  podProblems,
  referenceProblems,
  selectorProblems,
} from './kubernetes-checks.ts';
import { parseDockerfile } from './read-dockerfile.ts';
import { parseManifests, type Manifest } from './read-manifests.ts';
import { kubernetesWorkloads, userOf } from './workload.ts';
import {
  commandProblems,
  copyProblems,
  graceProblems,
  hardeningProblems,
  likenessProblems,
  portProblems,
  probeProblems,
  settingProblems,
  type Problems,
} from './workload-checks.ts';

const optional = ['secret.example.yaml', 'keda-dispatcher.yaml', 'network-policy.yaml'];
const paths = [...manifestFiles, ...optional.map((name) => `optional/${name}`)];
const texts = paths.map((name) => text(`deploy/k8s/${name}`));
const stages = parseDockerfile(text('Dockerfile'));
const apps = Object.keys(schemas);
const manifests = parseManifests(texts);

/** The manifests with one thing changed, wherever it stands. */
const changed = (from: string | RegExp, to: string): readonly Manifest[] => {
  const others = texts.map((one) => one.replace(from, to));
  expect(others).not.toEqual(texts);
  return parseManifests(others);
};
type Workload = ReturnType<typeof kubernetesWorkloads>[number];
const each = (check: (one: Workload) => Problems) => (from: readonly Manifest[]) =>
  kubernetesWorkloads(from, stages).flatMap(check);

describe('the manifests', () => {
  it('can be applied as a folder, the namespace first', () => {
    expect(manifestFiles[0]).toBe('00-namespace.yaml');
    const plain = parseManifests(manifestFiles.map((name) => text(`deploy/k8s/${name}`)));
    const apis = new Set(plain.map(({ apiVersion }) => apiVersion));
    expect([...apis].toSorted()).toEqual(['apps/v1', 'autoscaling/v2', 'policy/v1', 'v1']);
    expect(plain.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it('give each process what it reads, and a configuration that it starts with', () => {
    const problems = each((one) => settingProblems(one, schemas));
    expect(problems(manifests)).toEqual([]);
    expect(problems(changed('HYPERHOOK_LOG_LEVEL: info', 'HYPERHOOK_LOG_LEVEL: loud'))).toHaveLength(4);
    expect(problems(changed("HYPERHOOK_EGRESS_HOSTS: ''", "HYPERHOOK_ROOT_KEY: ''"))).toEqual([
      'dispatcher: HYPERHOOK_ROOT_KEY is not read by it',
    ]);
    expect(problems(changed(/ +HYPERHOOK_DATABASE_URL: .*/, ''))).toHaveLength(2);
  });

  it('look for each process where it listens, at paths that answer', () => {
    const ports = each((one) => portProblems(one, schemas));
    const probes = each((one) => probeProblems(one, probePaths));
    expect([...ports(manifests), ...probes(manifests)]).toEqual([]);
    expect(ports(changed('containerPort: 8080', 'containerPort: 8081')).length).toBeGreaterThan(0);
    expect(ports(changed('port: http', 'port: web')).length).toBeGreaterThan(0);
    expect(probes(changed('/readyz', '/ready'))).toHaveLength(8);
  });

  it('run what a build makes, each its own', () => {
    const problems = each((one) => commandProblems(one, builtApps));
    expect(problems(manifests)).toEqual([]);
    expect(problems(changed('dist/apps/admin/main.js', 'dist/apps/admin.js'))).toHaveLength(1);
  });

  it('kill no process that may still drain, and drain longer than an attempt lasts', () => {
    const problems = each((one) => graceProblems(one, schemas, longestAttemptMs));
    expect(problems(manifests)).toEqual([]);
    expect(
      problems(changed('terminationGracePeriodSeconds: 55', 'terminationGracePeriodSeconds: 45')),
    ).toHaveLength(2);
    expect(
      problems(changed('terminationGracePeriodSeconds: 50', 'terminationGracePeriodSeconds: 40')),
    ).toHaveLength(2);
    expect(problems(changed('seconds: 5', 'seconds: 20'))).toHaveLength(2);
    expect(problems(changed('HYPERHOOK_DRAIN_WITHIN: 40s', 'HYPERHOOK_DRAIN_WITHIN: 20s'))).toHaveLength(4);
  });

  it('have no more dispatchers than partitions, whoever says how many', () => {
    const problems = each((one) => copyProblems(one, schemas));
    expect(problems(manifests)).toEqual([]);
    expect(problems(changed('maxReplicaCount: 24', 'maxReplicaCount: 25'))).toHaveLength(1);
    expect(problems(changed("HYPERHOOK_PARTITIONS: '24'", "HYPERHOOK_PARTITIONS: '2'"))).toHaveLength(1);
  });

  it('have processes that agree about the installation', () => {
    const workloads = kubernetesWorkloads(manifests, stages);
    expect(likenessProblems(workloads, schemas)).toEqual([]);
    const [first, ...rest] = workloads;
    const other = { ...first!, env: { ...first!.env, HYPERHOOK_KAFKA_PREFIX: 'other.' } };
    expect(likenessProblems([other, ...rest], schemas)).toEqual([
      'kafkaPrefix differs: "other.", "hyperhook.", "hyperhook.", "hyperhook."',
    ]);
  });

  it('run processes as the user of the image, who can write nowhere and gain nothing', () => {
    const problems = each((one) => hardeningProblems(one, userOf(stages, 'engine')));
    expect([...problems(manifests), ...podProblems(manifests)]).toEqual([]);
    expect(problems(changed('runAsUser: 10001', 'runAsUser: 1000'))).toHaveLength(4);
    expect(problems(changed('drop: [ALL]', 'drop: [NET_RAW]'))).toHaveLength(4);
    expect(problems(changed(/ +readOnlyRootFilesystem: true\n/, ''))).toHaveLength(4);
    expect(podProblems(changed(/ +runAsNonRoot: true\n/, ''))).toHaveLength(4);
    expect(
      podProblems(changed('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true')),
    ).toHaveLength(4);
    expect(podProblems(changed('failureThreshold: 60', 'failureThreshold: 6'))).toHaveLength(4);
  });

  it('keep settings that Services would slip in out of the pods', () => {
    expect(podProblems(changed(/ +enableServiceLinks: false\n/, ''))).toContain(
      'Deployment admin: service links are on',
    );
  });

  it('select the pods that they mean', () => {
    expect(selectorProblems(manifests)).toEqual([]);
    const budget = /(kind: PodDisruptionBudget[^]*?name: )dispatcher(?=\n {6}app)/;
    expect(selectorProblems(changed(budget, '$1projector'))).toEqual([
      'PodDisruptionBudget dispatcher: selects projector',
    ]);
    expect(
      selectorProblems(changed('part-of: hyperhook\nspec', 'part-of: hook\nspec')).length,
    ).toBeGreaterThan(0);
    expect(
      selectorProblems(
        changed(/(podSelector:\n {4}matchLabels:\n {6}app.kubernetes.io\/name: )dispatcher/, '$1sender'),
      ),
    ).toEqual(['NetworkPolicy dispatcher-to-the-world: selects nothing']);
  });

  it('name what is there', () => {
    expect(referenceProblems(manifests)).toEqual([]);
    expect(
      referenceProblems(changed(/(kind: ConfigMap\nmetadata:\n {2}name: )hyperhook\n/, '$1config\n')),
    ).toHaveLength(4);
    expect(referenceProblems(changed('key: HYPERHOOK_ROOT_KEY', 'key: ROOT'))).toEqual([
      'Deployment admin: no secret hyperhook/ROOT',
    ]);
    expect(referenceProblems(changed('targetPort: http', 'targetPort: web'))).toHaveLength(2);
    expect(referenceProblems(changed(/(scaleTargetRef:\n {4}name: )dispatcher/, '$1sender'))).toHaveLength(1);
    expect(
      referenceProblems(changed('name: admin\n  namespace: hyperhook', 'name: admin\n  namespace: default')),
    ).toHaveLength(1);
  });

  it('leave somebody to go on, whoever is told to leave', () => {
    expect(availabilityProblems(manifests, apps)).toEqual([]);
    expect(availabilityProblems(changed('replicas: 3', 'replicas: 1'), apps)).toEqual([
      'dispatcher: 1 copy leaves none during a move',
    ]);
    expect(availabilityProblems(changed('maxUnavailable: 0', 'maxUnavailable: 1'), apps)).toHaveLength(4);
    expect(
      availabilityProblems(changed('  # No replicas: the', '  replicas: 2\n  # No replicas: the'), [
        'ingestion',
      ]),
    ).toContain('ingestion: two say how many copies there are');
    expect(availabilityProblems([], ['admin'])).toEqual(['admin: has no Deployment']);
  });

  it('scale by the lag of this installation', () => {
    expect(lagProblems(manifests)).toEqual([]);
    expect(
      lagProblems(changed('HYPERHOOK_KAFKA_PREFIX: hyperhook.', 'HYPERHOOK_KAFKA_PREFIX: other.')),
    ).toHaveLength(2);
    expect(lagProblems(changed('topic: hyperhook.events', 'topic: hyperhook.retry.2h'))).toHaveLength(1);
  });
});
