/** Well-known conventions of REST APIs, each as it pages, wraps and refuses. */
import { BY_CURSOR } from './by-cursor.ts';
import { BY_NUMBER } from './by-number.ts';

export const STYLES = { ...BY_NUMBER, ...BY_CURSOR };
