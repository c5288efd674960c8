/** node:http for undici, which wants two names of it: 3 ms, and this server hands it no incoming message to send on. */
exports.IncomingMessage = class IncomingMessage {};
/** Node's own. */
exports.maxHeaderSize = 16 * 1024;
