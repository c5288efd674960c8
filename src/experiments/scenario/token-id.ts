/** The id of a run's own token, by which its writes are known. */
export const TOKEN_ID = 'tkn_experiment';
