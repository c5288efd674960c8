/**
 * How long ago something was, in words. The server writes it into the page, the page keeps it true.
 *
 * @param {Date} date
 * @returns {string}
 */
export function relative(date) {
  const minutes = Math.round((Date.now() - date.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.round(hours / 24);
  if (days < 14) return days === 1 ? 'yesterday' : `${days} days ago`;
  if (days < 60) return `${Math.round(days / 7)} weeks ago`;
  return date.toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' });
}
