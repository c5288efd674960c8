/** node:assert for undici: the module of that name takes 3 ms to load, and nobody needs it until something is wrong. */
module.exports = function assert(...args) {
  if (!args[0]) require('node:assert')(...args);
};
