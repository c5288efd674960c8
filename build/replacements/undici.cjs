/**
 * undici for the bundle: its pool and its client. The whole of it brings fetch, WebSocket, mocks, caches and more,
 * which nobody here uses; the agent for proxies is loaded where a proxy is named.
 */
exports.Pool = require('undici/lib/dispatcher/pool.js');
exports.Client = require('undici/lib/dispatcher/client.js');
exports.EnvHttpProxyAgent = function EnvHttpProxyAgent(options) {
  const Agent = require('undici/lib/dispatcher/env-http-proxy-agent.js');
  return new Agent(options);
};

// The whole of undici adds its ways to ask to every dispatcher. Pictures are fetched with one, proxies need the other.
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
Dispatcher.prototype.request = function request(...args) {
  return require('undici/lib/api/api-request.js').apply(this, args);
};
Dispatcher.prototype.connect = function connect(...args) {
  return require('undici/lib/api/api-connect.js').apply(this, args);
};
