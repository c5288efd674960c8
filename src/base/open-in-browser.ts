/** A machine without a browser goes on all the same, and the person is told the address. */
export async function openInBrowser(address: string): Promise<void> {
  const { default: open } = await import('open');
  const child = await open(address).catch(() => undefined);
  const say = () => process.stderr.write(`toado-mcp: no browser could be started; open ${address}\n`);
  if (child) child.once('error', say);
  else say();
}
