/** The scenarios that come with the program, in the order in which they are listed. */
import type { Scenario } from '../scenario/schema.ts';
import { blocked } from './blocked.ts';
import { claimed } from './claimed.ts';
import { draft } from './draft.ts';
import { duplicate } from './duplicate.ts';
import { failingRequest } from './failing-request.ts';
import { fixTicket } from './fix-ticket.ts';
import { longThread } from './long-thread.ts';
import { lookAlikeIds } from './look-alike-ids.ts';
import { lostAnswer } from './lost-answer.ts';
import { notYours } from './not-yours.ts';
import { otherProject } from './other-project.ts';
import { partialCapture } from './partial-capture.ts';
import { plantedOrders } from './planted-orders.ts';
import { readOnly } from './read-only.ts';
import { revoked } from './revoked.ts';
import { sameName } from './same-name.ts';
import { thirtyWishes } from './thirty-wishes.ts';
import { triageColumn } from './triage-column.ts';
import { twoPeople } from './two-people.ts';
import { verifyInReview } from './verify-in-review.ts';
import { writeBudget } from './write-budget.ts';

export const scenarios: Scenario[] = [
  fixTicket,
  failingRequest,
  triageColumn,
  verifyInReview,
  duplicate,
  blocked,
  claimed,
  twoPeople,
  sameName,
  lookAlikeIds,
  draft,
  longThread,
  partialCapture,
  thirtyWishes,
  readOnly,
  otherProject,
  notYours,
  revoked,
  writeBudget,
  lostAnswer,
  plantedOrders,
];
