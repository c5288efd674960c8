import { limitsOf, setLimits } from '../../rules/company-limits.ts';
import { LimitsPage } from '../pages/limits-page.tsx';
import { checked } from '../request/forms.ts';
import { show, type Web } from '../request/web.tsx';

export function mountLimits(web: Web): void {
  const { db, changes } = web.context;

  web.get('/settings/limits', ({ c, person, frame }) =>
    show(c, <LimitsPage frame={frame} companies={limitsOf(db, person)} />),
  );

  web.post('/settings/limits/:company', async ({ c, person, form }) => {
    const limits = checked('limits', form);
    await db.whenFree(() => setLimits(db, person, c.req.param('company')!, limits));
    changes.poke();
    return c.redirect('/settings/limits', 303);
  });
}
