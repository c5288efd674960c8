import { ApiError } from '../../model/errors.ts';
import { limitsOf, requireLimits, setLimits } from '../../rules/company-limits.ts';
import { LimitsPage } from '../pages/limits-page.tsx';
import { checked } from '../request/forms.ts';
import { type PageRouter, sendPage } from '../request/page-router.tsx';

export function mountLimits(router: PageRouter): void {
  const { db, changes } = router.context;

  router.get('/settings/limits', ({ c, person, frame }) =>
    sendPage(c, <LimitsPage frame={frame} companies={limitsOf(db, person)} />),
  );

  router.post('/settings/limits/:company', async ({ c, person, form }) => {
    const company = c.req.param('company')!;
    const sent = checked('limits', form);
    await db.writeWhenFree(() => {
      const now = requireLimits(db, person, company);
      setLimits(db, person, company, {
        reads_per_minute: merge(sent.reads_per_minute, sent.reads_base, now.reads_per_minute),
        writes_per_minute: merge(sent.writes_per_minute, sent.writes_base, now.writes_per_minute),
      });
    });
    changes.poke();
    return c.redirect('/settings/limits', 303);
  });
}

/** What a number in a form changes, beside what it was filled with (its base) and what holds now. */
function merge(sent: number, base: number | undefined, now: number): number | undefined {
  if (sent === base || sent === now) return undefined;
  if (base === now) return sent;
  throw new ApiError(
    'conflict',
    `Somebody set this to ${now} while you were looking at ${base ?? 'something else'}. Nothing of yours was saved: save again, if it is still to be ${sent}.`,
  );
}
