import type { Compose, Service } from './read-compose.ts';
import type { Problems } from './workload-checks.ts';

const entries = (compose: Compose): [string, Service][] => Object.entries(compose.services);

/** Others are run in the versions that tests use. */
export function imageVersionProblems(
  { services }: Compose,
  versions: { readonly kafka: string; readonly postgres: string },
): Problems {
  const wanted = {
    kafka: `apache/kafka:${versions.kafka}`,
    postgres: `postgres:${versions.postgres}`,
  };
  return Object.entries(wanted).flatMap(([name, image]) =>
    services[name]?.image === image
      ? []
      : [`${name}: is ${services[name]?.image}, tests run against ${image}`],
  );
}

/** What is waited for can say that it is well; what is mounted is declared. */
export function wiringProblems(compose: Compose): Problems {
  return entries(compose).flatMap(([name, { depends_on = {}, volumes = [] }]) => [
    ...Object.entries(depends_on).flatMap(([other, { condition }]) => {
      const checked = compose.services[other]?.healthcheck?.test !== undefined;
      return checked && condition === 'service_healthy'
        ? []
        : [`${name}: waits for ${other} without its health`];
    }),
    ...volumes
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((volume) => !volume.startsWith('.') && !(volume in compose.volumes))
      .map((volume) => `${name}: volume ${volume} is not declared`),
  ]);
}

/** Nothing is published beyond this machine; what keeps data keeps it in a volume; all come back by themselves. */
export function exposureProblems(compose: Compose): Problems {
  return entries(compose)
    .filter(([, { profiles }]) => profiles === undefined)
    .flatMap(([name, { ports = [], restart }]) => [
      ...ports.filter((port) => !port.startsWith('127.0.0.1:')).map((port) => `${name}: publishes ${port}`),
      ...(restart === 'unless-stopped' ? [] : [`${name}: stays down after a crash`]),
    ]);
}

/** A fixed name or port of this machine is there for one copy only. */
export function scaleProblems({ services }: Compose, scalable: readonly string[]): Problems {
  return scalable.flatMap((name) => [
    ...(services[name]?.container_name === undefined ? [] : [`${name}: has a fixed name`]),
    ...((services[name]?.ports ?? []).length === 0 ? [] : [`${name}: has a fixed port`]),
  ]);
}

/** One image, built once from one stage. */
export function buildProblems({ services }: Compose, apps: readonly string[]): Problems {
  return apps.flatMap((app) => {
    const { image, build } = services[app] ?? {};
    return image === services[apps[0] ?? '']?.image && build?.context === '.' && build.target === 'engine'
      ? []
      : [`${app}: is not built from the engine's image`];
  });
}
