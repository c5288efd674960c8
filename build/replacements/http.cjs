/**
 * node:http for undici, which wants two names of it. Loading it takes a while, and this server hands undici no
 * incoming message to send on.
 */
exports.IncomingMessage = class IncomingMessage {};
/** Node's own. */
exports.maxHeaderSize = 16 * 1024;
