import type { CompanyWithProjects } from './companies-and-users.ts';

/** What companies and projects are called, by id. */
export type Names = Map<string, string>;

/** The names that the person may read. */
export function namesOf(companies: CompanyWithProjects[]): Names {
  return new Map(
    companies.flatMap((company) => [company, ...company.projects].map(({ id, name }) => [id, name] as const)),
  );
}
