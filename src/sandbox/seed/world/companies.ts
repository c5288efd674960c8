import type { SeedCompany } from './world.ts';

export const companies: SeedCompany[] = [
  {
    id: 'co_acme',
    name: 'Acme Studio',
    members: [
      { user: 'usr_jason', role: 'owner' },
      { user: 'usr_priya', role: 'admin' },
      { user: 'usr_lena', role: 'member' },
      { user: 'usr_tomasz', role: 'member' },
      { user: 'usr_aoi', role: 'member' },
      { user: 'usr_dana', role: 'member' },
      { user: 'usr_ruth', role: 'viewer' },
    ],
  },
  {
    id: 'co_globex',
    name: 'Globex',
    members: [
      { user: 'usr_helena', role: 'owner' },
      { user: 'usr_omar', role: 'admin' },
      { user: 'usr_bea', role: 'member' },
      { user: 'usr_sanjay', role: 'member' },
      { user: 'usr_jason', role: 'member' },
      { user: 'usr_priya', role: 'member' },
      { user: 'usr_noah', role: 'viewer' },
    ],
  },
];
