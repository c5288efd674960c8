import { expect, test } from 'vitest';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { startToado } from '../support/toado.ts';
import { openPage, PHONE, useBrowser, visit } from './pages.ts';

useBrowser();

test('long names of projects, columns and people make no page wider than the window', async () => {
  const long = (name: string) => `${name} ${'of a very long name '.repeat(6)}${'x'.repeat(80)}`;
  const named = <Item extends { name: string }>(items: Item[]) =>
    items.map((item) => ({ ...item, name: long(item.name) }));
  const toado = await startToado({
    world: {
      ...world,
      users: named(world.users),
      companies: named(world.companies),
      projects: named(world.projects).map((project) => ({ ...project, columns: named(project.columns) })),
    },
  });
  const page = await openPage(toado.url);
  const widths: Record<string, unknown> = {};
  for (const viewport of [PHONE, { width: 1280, height: 800 }]) {
    await page.setViewportSize(viewport);
    for (const path of [
      '/tickets/t-7Kq2Mx',
      '/search?q=checkout',
      '/projects/proj_storefront',
      '/settings/limits',
      '/settings/tokens',
      '/settings/tokens/tkn_triage',
      '/try?with=triage',
    ]) {
      await visit(page, toado.url + path);
      const wider = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number;
      if (wider > 0) widths[`${path} at ${viewport.width}`] = wider;
    }
  }
  expect(widths).toEqual({});
});
