/** Names under which errors stand, in snake_case. */
export const ERROR_NAMES =
  /^(errors?|problems?|exception|failures?|violations?|error_\w+)$|_(errors?|violations?)$/;
