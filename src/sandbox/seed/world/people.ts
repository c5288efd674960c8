import type { SeedAuthor, SeedUser } from './world.ts';

/** Acme Studio builds software for others; Globex, who service lifts, are one of their clients. */
export const users: SeedUser[] = [
  { id: 'usr_jason', name: 'Jason', email: 'jason@acme.example' },
  { id: 'usr_priya', name: 'Priya Raman', email: 'priya@acme.example' },
  { id: 'usr_lena', name: 'Lena Hoffmann', email: 'lena@acme.example' },
  { id: 'usr_tomasz', name: 'Tomasz Wieczorek', email: 'tomasz@acme.example' },
  { id: 'usr_aoi', name: '山田 葵', email: 'aoi@acme.example' },
  { id: 'usr_dana', name: 'Dana Whitfield', email: 'dana@fjordandfern.example' },
  { id: 'usr_ruth', name: 'Ruth Adeyemi', email: 'ruth@fjordandfern.example' },
  { id: 'usr_helena', name: 'Helena Brandt', email: 'helena.brandt@globex.example' },
  { id: 'usr_omar', name: 'Omar Haddad', email: 'omar.haddad@globex.example' },
  { id: 'usr_bea', name: 'Beatriz Nunes', email: 'beatriz.nunes@globex.example' },
  { id: 'usr_sanjay', name: 'Sanjay Mukherjee', email: 'sanjay.mukherjee@globex.example' },
  { id: 'usr_noah', name: 'Noah Lindqvist', email: 'noah.lindqvist@globex.example' },
];

const inTheWebApp = (user: string): SeedAuthor => ({ user, via: 'web' });

export const jason = inTheWebApp('usr_jason');
export const priya = inTheWebApp('usr_priya');
export const lena = inTheWebApp('usr_lena');
export const tomasz = inTheWebApp('usr_tomasz');
export const aoi = inTheWebApp('usr_aoi');
export const dana = inTheWebApp('usr_dana');
export const helena = inTheWebApp('usr_helena');
export const omar = inTheWebApp('usr_omar');
export const bea = inTheWebApp('usr_bea');
export const sanjay = inTheWebApp('usr_sanjay');
