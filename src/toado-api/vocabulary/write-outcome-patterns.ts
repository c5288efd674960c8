/**
 * How APIs call what answers to writes say beside a plain yes: names of fields in snake_case, and words in them. None of
 * this decides that something was done; it only makes a yes doubtful, and a look tells.
 */

/** Where a ticket is now, or was sent to. */
export const COLUMN = /^((target|to|new|current|final|destination)_)?column(_id)?$|^(to|target|destination)$/;
export const USER = /^(user|person|member)_id$/;
export const ASSIGNEE = /^(assignee(_id)?|assigned_to|person|member)$/;
export const ASSIGNEES = /^(assignees|assignee_ids|user_ids)$/;
export const IS_ASSIGNED = /^((is|was|has_been)_)?((un)?assigned|removed|added)(_count)?$/;
/** Where it was, who did it, and other words of a row that say nothing of what became of it. */
export const OTHER_FACTS =
  /^(from|old|previous|prior|former|source|before|by|actor|requested|created|updated)(_|$)/;
export const STATUS_NAMES =
  /^((job|task|operation|op|request|move|assignment|batch|process|processing|approval|transaction|tx|write|update|change|commit|execution)_)?(status|state|result|outcome|verdict|transaction|tx|txn|phase|decision|disposition)$/;
/** What is taken, and may not be done yet. */
export const TAKEN_WORD = /^(accepted|202)$/i;
/** When it will be done. */
export const SCHEDULE =
  /^(scheduled|effective|applies|executes?|deferred|(will_)?(run|execute)s?)_(for|at|on|from|until)$|^eta$|^estimated_completion(_at)?$/;
export const RETRY = /^retry_(after|in|at)(_\w+)?$/;
/** Words for what was done: only some say that nothing was. */
export const ACTION_NAMES = /^(action|operation|op|type|kind|level|severity)$/;
export const NO_ACTION = /^(none|no_?op|noop|skip|ignor|fail|err|den|reject|refus|block|lock|queue|pend)/i;
/** A whole value that says that it was refused, or not done. */
export const REFUSED_WORD =
  /^(errors?|fail(ed|ure)?|den(y|ied)|rejected|refused|forbidden|unauthori[sz]ed|invalid|skipped|ignored|no_?op|unchanged|no_change|not_(modified|changed|applied|found))$/i;
/** The same around a row, where it can be nothing of the ticket's: also what waits, or was taken back. */
export const NO_WORD = new RegExp(
  `${REFUSED_WORD.source}|^(conflict|blocked|locked|pending|queued|required|preview|dry[_-]?run|rolled[_-]?back|reverted|aborted|cancell?ed)$`,
  'i',
);
export const CODE_NAMES = /^(http_?)?(status|code)(_code)?$|^(error|err|response|return|ret)_?code$/;
export const SENTENCE_NAMES =
  /message|msg|detail|warning|alert|notice|remark|reason|info|hint|explanation|comment|notes?$|^answer$/;
/** How a sentence says that something was not done, or not all of it. */
export const DENIAL =
  /\b(no|not|none|nothing|never|cannot|can.t|couldn.t|wasn.t|weren.t|didn.t|without|unable|unchanged|except|all but|only|partial\w*|part|fail\w*|errors?|den(?:y|ied)|forbidden|refus\w*|reject\w*|skip\w*|ignor\w*|lock\w*|frozen|read.only|block\w*|conflict\w*|pending|queued?|scheduled|later|shortly|soon|await\w*|limit\w*|invalid|insufficient|missing|stays?|timed out|unauthori[sz]ed|expired|exceeded|aborted|cancell?ed|discarded|reverted|undone|prohibited|disallowed|(?:submitted|sent|held|waiting|needs?|requires?)(?: for)?(?: \w+)? (?:approval|review|moderation)|went wrong|try again|dry.run|preview|simulated|disabled|maintenance|mismatch(?:ed)?|stale|(?<!\d (?:tickets?|items?|cards?) )remains?|permissions?|needs?|required|rolled back|(?:move|change|update|assignment|approval) requested|(?:will|would) be (?:moved|assigned|unassigned|done|processed|applied|changed|updated|saved|recorded|created|posted|added)|in (?:the )?background|\d+ (?:of|out of) \d+|\d+ ?\/ ?\d+)\b/i;
/** Where a sentence has said that it was done, these words alone say it of something else: who sees it, and when. */
export const DONE_IN_WORDS =
  /\b(moved|assigned|unassigned|updated|changed|edited|added|posted|created|recorded|saved|applied|filed)\b/i;
export const A_MILD_DENIAL =
  /\b(not|cannot|can.t|only|later|shortly|soon|\d+ (?:of|out of) \d+|\d+ ?\/ ?\d+)\b/gi;
export const SOME_OF_THEM =
  /\b(all|some|any|every|each|both|them|you|members|tickets?|items?|rows?|comments?)\b/i;
/** The same in other languages. */
export const DENIAL_ABROAD =
  /(?<!\p{L})(nicht|nichts|keine?[rsmn]?|fehler|fehlgeschlagen|gesperrt|teilweise|abgelehnt|verweigert|pas|rien|aucune?|échec|échoué|refusé|partiellement|impossible|ningun[ao]?|fallido|parcialmente|non|niente|negato|bloccato|niet|geen|mislukt|não|nenhuma?|falhou|recusado|inte|ikke|nie|не|нет|ошибка|отказано|değil)(?!\p{L})|[未不没無无]|失败|失敗|拒[绝絕否]|ません|않|실패|거부/iu;
/** What a sentence says of anything but the tickets, and errors that there were none of. */
export const HARMLESS_CLAUSE =
  /\bnotif(y|ied|ications?)\b(?!:)|\b(watchers?|subscribers?|e-?mails?|webhooks?)\b|\bdeprecat|\bno (further|other|additional) (action|step)|\b(can(not|[’']t)?|can not|may( not)?|could) (still )?(be )?(undo|undone|revert|reverted)\b|\bundo (this|it|within|for)\b|\bcan (still )?(be )?restored? (it |this |them )?(later|again)\b|\b(writes?|reads?|requests?) (this|per|a|left|remaining)\b/i;
export const NO_ERRORS =
  /\b(no|none|nothing|not a single|0|zero|without( any)?) ((tickets?|items?|rows?|records?|of them|has|have|was|were|had) ){0,2}(errors?|failures?|failed|warnings?|problems?|issues?|conflicts?|duplicates?|skipped|unchanged|rejected)\b|\b(errors?|failures?|failed|warnings?|conflicts?|skipped|rejected|pending) ?[:=] ?(0|none)\b|\bdid(n[’']t| not) exist\b|\b(keine|ohne|0) (fehler|konflikte)\b|\b(aucune?|sans|0) (erreur|échec|conflit)s?\b|\b(sem|não há|senza|non ci sono|geen|zonder|inga|ingen|sin) (erros?|errori|errore|errores|fouten|fel|fejl)\b|(нет|без) ошибок|[无無没沒]有?(?:任何)?(?:错误|錯誤|误|誤|异常|異常|问题|問題|失败|失敗)|(?:エラー|問題|失敗)(?:は|が)?(?:ありません|な[しい]|無し)|無事|未読|[无無]需/gi;
/** Names of flags, counts and lists of what was not done. */
export const FAILURE_NAMES =
  /(^|_)(not|un(?:moved|changed|processed|successful|able|available|confirmed|done|finished)|noop|no_op|fail\w*|errors?|errored|reject\w*|refus\w*|den(y|ied|ials?)|skip\w*|invalid|forbidden|conflict\w*|missing|block\w*|lock\w*|frozen|read_?only|expired|throttled|(rate_)?limited|partial\w*|ignor\w*|exclud\w*|omitted|async|held|on_hold|kept|pending|queued?|scheduled|deferred|delayed|remaining_tickets|retr\w+|reverted|rolled|rollback|cancel\w*|timed_out|incomplete|would\w*|left|requires?|required|needs?|needed|await\w*)(_|$)/;
/** A number under such a name counts what was not done, and under others, as `lock_version`, something else. */
export const FAILED_COUNT = /^(failed|rejected|skipped|pending|queued)(_count)?$/;
export const SUCCESS_NAMES =
  /^((total|n|num|number_of)_)?(succeeded|success|successful|ok|done|completed|updated|changed|modified|moved|assigned|unassigned|affected|processed|recorded|started|linked)(_(count|total|ids|tickets))?$/;
/** How much of it is done, as a share or in percent. */
export const PROGRESS =
  /^((percent|percentage|progress)(_(complete|completed|done|percent))?|completion(_percent)?)$/;
/** Counts of rows or tickets, at the top of an answer. */
export const COUNT_NAMES = /^(count|total)$/;
/** What else a call sets off: whatever became of that says nothing of the tickets. */
export const ASIDE =
  /(^|_)(notifications?|e?mails?|webhooks?|watchers?|subscribers?|search_index)(_|$)|^(index(ing)?|exports?|ci|builds?|deployments?|cache|automations?|side_effects)(_(status|state))?$/;
/** How long something took, how often it was tried, and how much of a budget is left. */
export const MEASURES =
  /_(ms|millis|secs|seconds|version|length)$|^(retries|retry_count)$|^(writes?|reads?|requests?|calls?|credits?|quota|limit)_(left|remaining)$|^(quota|usage|rate_?limits?)$/;
/** What around a row is about the request. */
export const REQUEST_PARTS =
  /^(job|task|operation|op|request|batch|process|approval|transaction|tx|result|outcome|summary|stats|counts|flash)$/;
/** What a ticket may say of itself, and of what its page logged. */
export const OWN_OF_TICKETS = /^(code|type|kind|level|severity)$|^(needs|requires)_(?!approv|confirm)/;
/** A row’s own count, and none of something else. */
export const OWN_COUNT = /^[a-z]+(_count)?$/;
/** 1 is true there, and no count. */
export const A_FLAG = /^(ok|success|done|completed)$/;
/** Names under which a row may hold the ticket. */
export const A_TICKET = /^(ticket|task|item|issue|card)$/;
