/** Where in Toado a person makes and revokes tokens, as its own menu says it. */
export const TOKENS_PAGE = 'Settings › API tokens';
