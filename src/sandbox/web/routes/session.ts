import { ApiError } from '../../model/errors.ts';
import { ownPath, type PageRouter } from '../request/page-router.tsx';

/** Acting as another of the sandbox's people. */
export function mountSession(router: PageRouter): void {
  router.post(
    '/session',
    ({ c, frame, form }) => {
      const user = frame.people.find(({ id }) => id === form.get('user'));
      if (!user) throw new ApiError('user_not_found', 'There is no user with this id.');
      router.sessions.choose(c, user.id);
      // What the other person can't see is told on the page.
      return c.redirect(ownPath(form.get('back'), `http://${c.req.header('host')}`), 303);
    },
    { asAnybody: true },
  );
}
