# docker build -t toado-mcp .
# docker run --rm -i -e TOADO_API_TOKEN toado-mcp            (stdio: -i keeps stdin open, no -t)
# docker run --rm -i toado-mcp --sandbox                     (no token, no account)
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
# Builds and keeps what runs: the bundle and the two native packages that can't be in it.
RUN npm ci && npm run build && npm prune --omit=dev --ignore-scripts

FROM gcr.io/distroless/nodejs22-debian12:nonroot
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
ENV NODE_ENV=production
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/main.js"]
