/** node:assert for undici: loading it takes a while, and nobody needs it until something is wrong. */
module.exports = function assert(...args) {
  if (!args[0]) require('node:assert')(...args);
};
