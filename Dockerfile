# docker build -t toado-mcp .
# docker run --rm -i -e TOADO_API_TOKEN toado-mcp            (stdio: -i keeps stdin open, no -t)
# docker run --rm -i toado-mcp --sandbox                     (no token, no account)
# The digests stand for the tags beside them; Dependabot proposes newer ones.
FROM node:22-bookworm-slim@sha256:43ac6c60b8f89723f746e8a92ce91abd5017e627ce1ddfe4238355d3a30b772c AS build
WORKDIR /app
COPY . .
# Builds and keeps what runs: the bundle and the two native packages that can't be in it.
RUN npm ci && npm run build && npm prune --omit=dev --ignore-scripts

FROM gcr.io/distroless/nodejs22-debian12:nonroot@sha256:13593b7570658e8477de39e2f4a1dd25db2f836d68a0ba771251572d23bb4f8e
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
ENV NODE_ENV=production
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/main.js"]
