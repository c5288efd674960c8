import type { CompanyLimits } from '../../rules/company-limits.ts';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Text } from '../parts/text.tsx';

/** How many requests a minute a token may make in each company; its owners set them. */
export function LimitsPage({ frame, companies }: { frame: Frame; companies: CompanyLimits[] }) {
  return (
    <Page frame={frame} title="Limits" place="limits" class="narrow-page">
      <div class="head">
        <p class="crumbs">
          Settings
          <Icon name="chevron" />
        </p>
        <h1>Limits</h1>
      </div>
      <p class="lead">
        How many requests a minute each token may make. A token of several companies has the smallest of their
        limits. A change holds from its next request on.
      </p>
      <div id="limits" data-live>
        {companies.map((company) => (
          <CompanyForm company={company} />
        ))}
      </div>
    </Page>
  );
}

function CompanyForm({ company }: { company: CompanyLimits }) {
  const { company_id, name, reads_per_minute, writes_per_minute, may_set } = company;
  return (
    <section class="panel" id={company_id} aria-labelledby={`${company_id}-name`}>
      <h2 id={`${company_id}-name`}>
        <Text>{name}</Text>
      </h2>
      {may_set ? (
        <PostForm action={`/settings/limits/${company_id}`} class="inline" data-enhance data-says="Saved.">
          <Limit of={`${company_id}-reads`} name="reads_per_minute" label="Reads" value={reads_per_minute} />
          <Limit
            of={`${company_id}-writes`}
            name="writes_per_minute"
            label="Writes"
            value={writes_per_minute}
          />
          <button type="submit" class="button primary" aria-label={`Save the limits of ${name}`}>
            Save
          </button>
        </PostForm>
      ) : (
        <p class="note">
          {reads_per_minute} reads and {writes_per_minute} writes. An owner of the company sets them.
        </p>
      )}
    </section>
  );
}

function Limit({ of, name, label, value }: { of: string; name: string; label: string; value: number }) {
  return (
    <>
      <label for={of}>{label}</label>
      <input
        id={of}
        name={name}
        type="number"
        min={1}
        max={100_000}
        required
        value={value}
        autocomplete="off"
      />
      <input type="hidden" name={name.replace('per_minute', 'base')} value={value} autocomplete="off" />
    </>
  );
}
