/** Names under which errors stand, in snake_case. */
export const ERROR_NAMES =
  /^(errs?|errors?|problems?|issues|faults?|exceptions?|failures?|violations?|conflicts|blockers|diagnostics|error_\w+)$|_(errors?|failures?|violations?)$/;
