import type { ActivityEntry } from '../../queries/activity.ts';
import type { User } from '../data/companies-and-users.ts';
import { activitySentence } from './activity-sentence.ts';
import { Avatar } from './avatar.tsx';
import { Byline } from './byline.tsx';
import { Text } from './text.tsx';
import { Time } from './time.tsx';

/** Who is on it: faces for those who see them, words for those who hear the page. */
export function AssigneeFaces({ assignees }: { assignees: User[] }) {
  return (
    <span class="assignees" title={assignees.map(({ name }) => name).join(', ')}>
      {assignees.map((user) => (
        <>
          <Avatar user={user} size="small" />
          <span class="unheard">Assigned to {user.name}</span>
        </>
      ))}
    </span>
  );
}

/** The last thing that was done to a ticket, and by whom. */
export function LastDone({ last }: { last: ActivityEntry }) {
  return (
    <p class="last">
      <Byline by={last.by} />{' '}
      <span class="last-what">
        <Text>{activitySentence(last)}</Text>
      </span>{' '}
      <Time at={last.by.at} />
    </p>
  );
}
