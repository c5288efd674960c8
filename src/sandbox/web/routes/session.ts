import { ApiError } from '../../model/errors.ts';
import { readForm } from '../request/forms.ts';
import type { Web } from '../request/web.tsx';

/** Acting as another of the sandbox's people. */
export function mountSession(web: Web): void {
  web.post('/session', async ({ c, frame }) => {
    const form = await readForm(c);
    const user = frame.people.find(({ id }) => id === form.get('user'));
    if (!user) throw new ApiError('user_not_found', 'There is no user with this id.');
    web.sessions.start(c, user.id);
    const back = form.get('back') ?? '/';
    // A path of this origin and nothing else. What the other person can't see is told on the page.
    return c.redirect(/^\/(?![/\\])/.test(back) ? back : '/', 303);
  });
}
