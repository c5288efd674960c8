/** Ids have a digit or a hyphen in them, and few names of fields have; no brackets, quotation marks or white space. */
const AN_ID = /^(?=.*[\d-])[^\s()[\]{}"',;]{1,200}$/;

const TICKET_ID = /^t-[A-Za-z0-9]{6}$/;

export function isTicketId(text: string): boolean {
  return TICKET_ID.test(text);
}

/** Whether a name of a field is rather some thing's id. */
export function looksLikeId(name: string): boolean {
  return AN_ID.test(name);
}
