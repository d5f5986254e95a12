# One process serving the page and its API. Build: docker build -t cyclorama .
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY server/simulator/package.json server/simulator/
COPY web/package.json web/
COPY e2e/package.json e2e/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --no-optional --filter @cyclorama/server...

FROM node:24-slim
LABEL org.opencontainers.image.title="Cyclorama" \
  org.opencontainers.image.description="A dashboard for a Cycle environment and its remote robots, running inside it" \
  org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app .
COPY shared/src shared/src
COPY server/src server/src
COPY --from=build /app/web/dist web/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["node", "server/src/health-check.ts"]
CMD ["node", "--disable-warning=ExperimentalWarning", "server/src/main.ts"]
