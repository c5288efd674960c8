/** The SDK itself, loaded when a connection is handed over to it. */
export { McpServer } from '@modelcontextprotocol/server';
export { serveStdio } from '@modelcontextprotocol/server/stdio';
